package dev.countersign.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.chat.Entry.Said;
import dev.countersign.chat.Entry.ToolReturned;
import dev.countersign.chat.Entry.ToolsCalled;
import dev.countersign.chat.ToolCall.BuyCall;
import dev.countersign.purchase.Purchase;
import dev.langchain4j.model.chat.ChatModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.testing.TestActivityEnvironment;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model of the settings, on the wire of OpenAI's chat completions. */
@Timeout(60)
class OpenAiWireTest {
  private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();
  private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
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
      var asked = new BuyCall("call_0", new Purchase("lamp", 1, null));
      List<Entry> transcript =
          List.of(
              new Said(new ChatMessage(1, ChatRole.USER, "Buy a lamp", Instant.EPOCH, null)),
              new ToolsCalled(null, List.of(asked)),
              new ToolReturned("call_0", "shop_online", "Approval requested"),
              new Said(new ChatMessage(2, ChatRole.ASSISTANT, "Look.", Instant.EPOCH, null)),
              new Said(new ChatMessage(3, ChatRole.USER, "Buy 2 headphones", Instant.EPOCH, null)));

      ModelReply reply = call(model(server), new ModelCall(transcript, true));

      assertThat(reply.calls())
          .containsExactly(new BuyCall("call_1", new Purchase("headphones", 2, null)));
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
      assertThat(body.at("/tools/0/function"))
          .isEqualTo(
              new ObjectMapper()
                  .readTree(
                      """
                      {"name": "shop_online", "description": "Tool to buy products online",
                       "parameters": {"type": "object", "properties": {
                         "product": {"type": "string",
                           "description": "The product, in the user's words"},
                         "qty": {"type": "integer", "description": "How many pieces, 1 to 1000"},
                         "priceLimit": {"type": "number", "description":
                           "Highest total price, more than 0; leave out when the user named none"}},
                         "required": ["product", "qty"]}}
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

  private static ModelReply call(ChatModel model, ModelCall call) {
    var activities = new ModelActivitiesImpl(model, VALIDATORS.getValidator(), METERS);
    var temporal = TestActivityEnvironment.newInstance();
    try {
      temporal.registerActivitiesImplementations(activities);
      return temporal.newActivityStub(ModelActivities.class).callModel(call);
    } finally {
      temporal.close();
      activities.close();
    }
  }

  private static ChatModel model(MockWebServer server) {
    return new ChatConfiguration()
        .openAiChatModel(new ChatProperties("sk-test", server.url("/v1").toString(), "small"));
  }

  private static MockResponse json(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }
}
