package dev.countersign.app.chat.model;

import static dev.countersign.app.chat.model.ScriptedModel.buy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.app.chat.budget.ChatBudget;
import dev.countersign.app.chat.model.ModelActivities.ModelCall;
import dev.countersign.app.chat.model.ModelActivities.ModelReply;
import dev.countersign.app.chat.tool.Asker;
import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Entry.Said;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.Entry.ToolsCalled;
import dev.countersign.app.purchase.Purchase;
import dev.langchain4j.model.chat.ChatModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The model of the settings, on the wire of OpenAI's chat completions. */
@Timeout(60)
class OpenAiWireTest {
  private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
  private static final Asker ASKER = new Asker("auth0|alice", null, "c-0-1a", 1);
  private static final ModelCall HELLO =
      new ModelCall(
          List.of(new Said(new ChatMessage(1, ChatRole.USER, "Hello", Instant.EPOCH, null))),
          ASKER);
  private static final String TOOL_CALL =
      """
      {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "small",
       "choices": [{"index": 0, "finish_reason": "tool_calls", "message": {
         "role": "assistant", "content": null, "tool_calls": [{
           "id": "call_1", "type": "function", "function": {
             "name": "shop_online",
             "arguments": "{\\"product\\":\\"headphones\\",\\"qty\\":2}"}}]}}],
       "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
      """;

  @Test
  void speaksChatCompletionsWithTheToolAndItsResults() throws Exception {
    try (var server = new MockWebServer()) {
      server.start();
      server.enqueue(json(200, TOOL_CALL));
      var asked = buy("call_0", new Purchase("lamp", 1, null));
      List<Entry> transcript =
          List.of(
              new Said(new ChatMessage(1, ChatRole.USER, "Buy a lamp", Instant.EPOCH, null)),
              new ToolsCalled(null, List.of(asked)),
              new ToolReturned("call_0", "shop_online", "Approval requested"),
              new Said(new ChatMessage(2, ChatRole.ASSISTANT, "Look.", Instant.EPOCH, null)),
              new Said(new ChatMessage(3, ChatRole.USER, "Buy 2 headphones", Instant.EPOCH, null)));

      ModelReply reply = call(model(server), new ModelCall(transcript, ASKER), METERS);

      assertThat(reply.calls()).containsExactly(buy("call_1", new Purchase("headphones", 2, null)));
      RecordedRequest request = server.takeRequest();
      assertThat(request.getTarget()).isEqualTo("/v1/chat/completions");
      assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer sk-test");
      JsonNode body = new ObjectMapper().readTree(Objects.requireNonNull(request.getBody()).utf8());
      assertThat(body.path("model").asText()).isEqualTo("small");
      assertThat(body.path("messages").findValuesAsText("role"))
          .containsExactly("system", "user", "assistant", "tool", "assistant", "user");
      assertThat(body.at("/messages/2/tool_calls/0/id").asText()).isEqualTo("call_0");
      assertThat(body.at("/messages/2/tool_calls/0/function/arguments").asText())
          .isEqualTo("{\"product\":\"lamp\",\"qty\":1}");
      assertThat(body.at("/messages/3/tool_call_id").asText()).isEqualTo("call_0");
      assertThat(body.path("tools").findValues("function"))
          .containsExactlyElementsOf(
              new ObjectMapper()
                  .readTree(
                      """
                      [{"name": "shop_online", "description": "Tool to buy products online",
                        "parameters": {"type": "object", "properties": {
                          "product": {"type": "string",
                            "description": "The product, in the user's words"},
                          "qty": {"type": "integer", "description": "How many pieces, 1 to 1000"},
                          "priceLimit": {"type": "number", "description":
                            "Highest total price, more than 0; leave out when the user named none"}},
                          "required": ["product", "qty"]}},
                       {"name": "list_requests",
                        "description": "List what the user was asked to approve, and what became of it, newest first",
                        "parameters": {"type": "object", "properties": {
                          "status": {"type": "string", "description":
                            "Only those that stand so: pending, ended, or one of REQUESTED, \
                      AWAITING_APPROVAL, RUNNING, DONE, DENIED, EXPIRED, REJECTED, \
                      CANCELLED, FAILED, OUTCOME_UNKNOWN; leave out for all"}}, "required": []}},
                       {"name": "cancel_request",
                        "description": "Take back what the user was asked to approve and has not decided yet",
                        "parameters": {"type": "object", "properties": {
                          "request": {"type": "string", "description":
                            "Which one: its request as list_requests gives it, such as \
                      R-1A2B3C4D"}},
                          "required": ["request"]}}]
                      """));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 429, 500, 503})
  void sendsOneRequestForOneCallWhateverComesBack(int status) throws Exception {
    try (var server = new MockWebServer()) {
      server.start();
      server.enqueue(json(status, "{\"error\": {\"message\": \"No\", \"type\": \"no\"}}"));
      server.enqueue(json(200, TOOL_CALL));
      ChatModel model = model(server);

      org.assertj.core.api.Assertions.assertThatThrownBy(() -> model.chat("Hello"))
          .isInstanceOf(RuntimeException.class);

      assertThat(server.getRequestCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | Incorrect API key provided: sk-test | invalid_api_key            | ModelNotSetUp
          403 | Project has no access to the model  | model_not_found            | ModelNotSetUp
          404 | The model small does not exist      | model_not_found            | ModelNotSetUp
          400 | small does not support tools        | bad                        | ModelToolsUnread
          429 | You exceeded your current quota     | insufficient_quota         | ModelQuotaUsedUp
          402 | Insufficient Balance                | bad                        | ModelQuotaUsedUp
          400 | Too long                            | context_length_exceeded    | ModelContextTooLong
          400 | maximum context length is 4096      | bad                        | ModelContextTooLong
          400 | the request exceeds the available context size | exceed_context_size_error | ModelContextTooLong
          413 | Too large                           | bad                        | ModelContextTooLong
          400 | Filtered                            | content_filter             | ModelRefused
          """)
  void failsForGoodAndSaysWhyWithoutTheKey(int status, String message, String code, String type)
      throws Exception {
    ApplicationFailure failure =
        failure(
            json(
                status,
                "{\"error\": {\"message\": \"" + message + "\", \"code\": \"" + code + "\"}}"));

    assertThat(failure.getType()).isEqualTo(type);
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.toString()).doesNotContain("sk-test");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504, 529})
  void failsForNowWhenTheServerMayAnswerLater(int status) throws Exception {
    assertThat(failure(json(status, "{\"error\": {\"message\": \"Busy\"}}")).isNonRetryable())
        .isFalse();
  }

  @Test
  void tellsThatTheProviderRefusedWhenItsFilterCutTheAnswer() throws Exception {
    ApplicationFailure failure =
        failure(
            json(
                200,
                """
                {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "small",
                 "choices": [{"index": 0, "finish_reason": "content_filter",
                   "message": {"role": "assistant", "content": ""}}]}
                """));

    assertThat(failure.getType()).isEqualTo("ModelRefused");
  }

  @Test
  void countsTokensByTheModelOfTheSettings() throws Exception {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (var server = new MockWebServer()) {
      server.start();
      server.enqueue(json(200, TOOL_CALL));

      assertThat(call(model(server), HELLO, meters).usage()).isEqualTo(new TokenUse(1, 1));
    }
    assertThat(meters.scrape())
        .contains(
            "gen_ai_client_token_usage_sum{gen_ai_operation_name=\"chat\","
                + "gen_ai_provider_name=\"openai\",gen_ai_request_model=\"small\",gen_ai_token_type=\"input\"} 1.0",
            "gen_ai_client_operation_duration_seconds_count{error_type=\"none\"");
  }

  @Test
  void needsNoKeyForAServerThatTakesNone() throws Exception {
    try (var server = new MockWebServer()) {
      server.start();
      server.enqueue(json(200, TOOL_CALL));
      ChatModel model =
          new ModelConfiguration()
              .openAiChatModel(WiredModel.properties(null, server.url("/v1").toString(), "small"));

      assertThat(call(model, HELLO, METERS).calls()).hasSize(1);
    }
  }

  private static ApplicationFailure failure(MockResponse response) throws Exception {
    try (var server = new MockWebServer()) {
      server.start();
      server.enqueue(response);
      var failure =
          catchThrowableOfType(ActivityFailure.class, () -> call(model(server), HELLO, METERS));
      return (ApplicationFailure) Objects.requireNonNull(failure.getCause());
    }
  }

  private static ModelReply call(ChatModel model, ModelCall call, MeterRegistry meters) {
    var activities =
        new ModelActivitiesImpl(
            model,
            ToolFixtures.tools(),
            meters,
            WiredModel.properties("sk-test", null, null),
            new ModelRecord(),
            ChatBudget.UNLIMITED,
            Clock.systemUTC());
    var temporal = TestActivityEnvironment.newInstance();
    try {
      temporal.registerActivitiesImplementations(activities);
      return temporal.newActivityStub(ModelActivities.class).callModel(call);
    } finally {
      temporal.close();
    }
  }

  private static ChatModel model(MockWebServer server) {
    return new ModelConfiguration()
        .openAiChatModel(WiredModel.properties("sk-test", server.url("/v1").toString(), "small"));
  }

  private static MockResponse json(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }
}
