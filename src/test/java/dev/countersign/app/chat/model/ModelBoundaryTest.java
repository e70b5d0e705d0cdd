package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.guard.FrozenCall;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What servers of OpenAI's kind answer, refuse and want to have back, one thing at a time. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ModelBoundaryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Asker ASKER = new Asker("auth0|alice", null, "c-0-1a", 1);
  private static final String BUY = "{\\\"product\\\":\\\"lamp\\\",\\\"qty\\\":2}";
  private static final GuardedToolCall LAMP =
      new GuardedToolCall("abcDEF123", "shop_online", "{\"product\":\"lamp\",\"qty\":2}");

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsAnOutcomeInTheRoleOfTheUserSoThatNoCallFollowsAnAssistantsText() throws Exception {
    server.enqueue(says("You denied it."));

    call(news());

    JsonNode messages = body(server.takeRequest()).path("messages");
    assertThat(messages.findValuesAsText("role"))
        .containsExactly("system", "user", "assistant", "tool", "assistant", "user");
    assertThat(messages.path(5).path("content").asText())
        .isEqualTo(
            "[Outcome of shop_online {\"product\":\"lamp\",\"qty\":2}, not said by the user]\n"
                + "> The user has denied the request");
  }

  @Test
  void declaresToolsThatMustNotBeCalledWhenTheModelIsOnlyToSpeak() throws Exception {
    server.enqueue(says("You denied it."));

    call(news());

    JsonNode body = body(server.takeRequest());
    assertThat(body.path("tools")).hasSize(3);
    assertThat(body.path("tool_choice").asText()).isEqualTo("none");
  }

  @Test
  void leavesOutThatToolsMustNotBeCalledFromThenOnWhereThatIsRefused() throws Exception {
    server.enqueue(error(400, "tool_choice must be auto"));
    server.enqueue(says("You denied it."));
    server.enqueue(says("You denied it."));

    try (var model = model()) {
      assertThat(model.call(news()).text()).isEqualTo("You denied it.");
      assertThat(model.call(news()).text()).isEqualTo("You denied it.");
    }

    server.takeRequest();
    for (int i = 0; i < 2; i++) {
      JsonNode body = body(server.takeRequest());
      assertThat(body.path("tools")).hasSize(3);
      assertThat(body.has("tool_choice")).isFalse();
    }
  }

  @Test
  void hasMessagesOfOneRoleInOne() throws Exception {
    server.enqueue(says("Yes."));
    List<Entry> transcript =
        List.of(
            said(ChatRole.USER, "Hello"),
            said(ChatRole.ASSISTANT, "Hello."),
            said(ChatRole.ASSISTANT, "Asked again."),
            said(ChatRole.USER, "Are you there?"));

    call(new ModelCall(transcript, ASKER));

    JsonNode messages = body(server.takeRequest()).path("messages");
    assertThat(messages.findValuesAsText("role"))
        .containsExactly("system", "user", "assistant", "user");
    assertThat(messages.path(2).path("content").asText()).isEqualTo("Hello.\n\nAsked again.");
  }

  @Test
  void hasContentInAMessageWithCalls() throws Exception {
    server.enqueue(says("Yes."));

    call(afterCall(null));

    JsonNode withCalls = body(server.takeRequest()).path("messages").path(2);
    assertThat(withCalls.has("content")).isTrue();
    assertThat(withCalls.path("content").isNull()).isTrue();
  }

  @Test
  void sendsBackWhatCameBesideCallsAndKeepsItFromTheUser() throws Exception {
    server.enqueue(
        answer(
            """
            {"role": "assistant", "content": null, "reasoning_content": "They want a lamp.",
             "annotations": [], "refusal": null,
             "tool_calls": [{"id": "abcDEF123", "type": "function", "index": 0,
               "extra_content": {"google": {"thought_signature": "c2ln"}},
               "function": {"name": "shop_online", "arguments": "%s",
                 "provider_specific_fields": {"a": 1}}}]}
            """
                .formatted(BUY),
            "tool_calls"));
    server.enqueue(says("Look at your phone."));

    try (var model = model()) {
      ModelReply reply = model.call(hello());
      assertThat(reply.text()).isNull();
      model.call(afterCall(Objects.requireNonNull(reply.terms()).extras()));
    }

    server.takeRequest();
    JsonNode sent = body(server.takeRequest()).path("messages").path(2);
    assertThat(sent)
        .isEqualTo(
            JSON.readTree(
                """
                {"role": "assistant", "content": null, "reasoning_content": "They want a lamp.",
                 "tool_calls": [{"id": "abcDEF123", "type": "function",
                   "extra_content": {"google": {"thought_signature": "c2ln"}},
                   "function": {"name": "shop_online",
                     "arguments": "{\\"product\\":\\"lamp\\",\\"qty\\":2}",
                     "provider_specific_fields": {"a": 1}}}]}
                """));
  }

  @Test
  void sendsBackWhatLiteLlmFoldsTheWayItCameToIt() throws Exception {
    server.enqueue(
        answer(
            """
            {"role": "assistant", "content": null,
             "provider_specific_fields": {"reasoning_details": [{"data": "c2ln"}],
               "thought_signatures": ["c2ln"], "citations": null},
             "tool_calls": [{"id": "abcDEF123", "type": "function",
               "function": {"name": "shop_online", "arguments": "%s"}}]}
            """
                .formatted(BUY),
            "tool_calls"));
    server.enqueue(says("Look at your phone."));

    try (var model = model()) {
      ModelReply reply = model.call(hello());
      model.call(afterCall(Objects.requireNonNull(reply.terms()).extras()));
    }

    server.takeRequest();
    JsonNode sent = body(server.takeRequest()).path("messages").path(2);
    assertThat(sent.path("reasoning_details")).isEqualTo(JSON.readTree("[{\"data\": \"c2ln\"}]"));
    assertThat(sent.path("provider_specific_fields"))
        .isEqualTo(JSON.readTree("{\"thought_signatures\": [\"c2ln\"]}"));
    assertThat(sent.has("citations")).isFalse();
  }

  @Test
  void dropsExtrasThatAreTooLong() throws Exception {
    server.enqueue(
        answer(
            """
            {"content": "", "reasoning_content": "%s", "tool_calls": [{"id": "a", "function":
              {"name": "shop_online", "arguments": "%s"}}]}
            """
                .formatted("x".repeat(30_000), BUY),
            "tool_calls"));

    assertThat(Objects.requireNonNull(call(hello()).terms()).extras()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | Tool call id was call_1 but must be a-z, A-Z, 0-9, with a length of 9.
          400 | Please ensure that function call turn comes immediately after a user turn
          422 | messages.2.extra: Extra inputs are not permitted
          500 | Error rendering prompt with jinja template: roles must alternate
          """)
  void asksOnceMoreWithAPlainHistoryWhereTheOneWithCallsIsRefused(int status, String words)
      throws Exception {
    server.enqueue(error(status, words));
    server.enqueue(says("You are welcome."));

    ModelReply reply = call(afterCall(null));

    assertThat(reply.text()).isEqualTo("You are welcome.");
    assertThat(Objects.requireNonNull(reply.terms()).plainHistory()).isTrue();
    server.takeRequest();
    JsonNode messages = body(server.takeRequest()).path("messages");
    assertThat(messages.findValuesAsText("role")).containsExactly("system", "user");
    assertThat(messages.path(1).path("content").asText())
        .isEqualTo(
            "Buy 2 lamps\n\n[Result of shop_online {\"product\":\"lamp\",\"qty\":2}, not said by the"
                + " user]\n> Approval requested");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cannot process this", "Something went wrong, please try again"})
  void keepsToAPlainHistoryWhateverTheRefusalOfTheOtherSays(String words) {
    server.enqueue(error(400, words));
    server.enqueue(says("You are welcome."));

    ModelReply reply = call(afterCall(null));

    assertThat(reply.text()).isEqualTo("You are welcome.");
    assertThat(Objects.requireNonNull(reply.terms()).plainHistory()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cannot process this",
        "Invalid tools",
        "Tool choice is none, but model called a tool"
      })
  void saysAgainThatToolsMustNotBeCalledWhereNotThatWasRefused(String words) throws Exception {
    server.enqueue(error(400, words));
    server.enqueue(says("You denied it."));
    server.enqueue(says("You denied it."));

    try (var model = model()) {
      model.call(news());
      model.call(news());
    }

    server.takeRequest();
    assertThat(body(server.takeRequest()).has("tool_choice")).isFalse();
    assertThat(body(server.takeRequest()).path("tool_choice").asText()).isEqualTo("none");
  }

  @Test
  void keepsToAPlainHistoryInThatConversation() throws Exception {
    server.enqueue(says("Yes."));

    ModelCall usual = afterCall(null);
    call(new ModelCall(usual.transcript(), ASKER, true, null));

    assertThat(body(server.takeRequest()).path("messages").findValuesAsText("role"))
        .containsExactly("system", "user");
  }

  @Test
  void saysWhatWasRefusedFirstWhereAPlainHistoryIsRefusedToo() {
    server.enqueue(error(400, "first words"));
    server.enqueue(error(400, "other words"));

    ApplicationFailure failure = failure(afterCall(null));

    assertThat(failure.getType()).isEqualTo("ModelNotSetUp");
    assertThat(failure.getOriginalMessage()).contains("first words");
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\": \"a\", \"type\": \"function\", \"function\": {\"name\": \"shop_online\","
            + " \"arguments\": {\"product\": \"lamp\", \"qty\": 2}}}",
        "{\"id\": \"a\", \"function\": {\"name\": \"shop_online\", \"arguments\": \""
            + BUY
            + "\"}}",
        "{\"id\": 7, \"type\": \"function\", \"function\": {\"name\": \"functions.shop_online\","
            + " \"arguments\": \""
            + BUY
            + "\"}}",
        "{\"id\": \"\", \"type\": \"tool\", \"function\": {\"name\": \"default_api:shop_online\","
            + " \"parameters\": {\"product\": \"lamp\", \"qty\": \"2.0\"}}}",
        "{\"name\": \"shop_online\", \"arguments\": {\"product\": \"lamp\", \"qty\": 2.0}}",
        "{\"id\": \"a\", \"function\": {\"name\": \" shop_online \", \"arguments\":"
            + " \"\\\"{\\\\\\\"product\\\\\\\":\\\\\\\"lamp\\\\\\\",\\\\\\\"qty\\\\\\\":\\\\\\\"2\\\\\\\"}\\\"\"}}"
      })
  void readsACallInWhateverWayItIsWritten(String toolCall) {
    server.enqueue(answer("{\"content\": null, \"tool_calls\": [" + toolCall + "]}", "tool_calls"));

    assertThat(call(hello()).frozen())
        .extracting(FrozenCall::message)
        .containsExactly("Do you want to buy 2 lamp");
  }

  @Test
  void readsCallsThatAreNoList() {
    server.enqueue(
        answer(
            "{\"content\": [{\"type\": \"text\", \"text\": \"Well\"}], \"function_call\": {\"name\":"
                + " \"shop_online\", \"arguments\": \""
                + BUY
                + "\"}}",
            "function_call"));

    ModelReply reply = call(hello());

    assertThat(reply.text()).isEqualTo("Well");
    assertThat(reply.frozen()).hasSize(1);
  }

  @Test
  void refusesHalfAPiece() {
    server.enqueue(
        answer(
            "{\"tool_calls\": [{\"id\": \"a\", \"function\": {\"name\": \"shop_online\","
                + " \"arguments\": {\"product\": \"lamp\", \"qty\": 2.5}}}]}",
            "tool_calls"));

    assertThat(call(hello()).calls())
        .singleElement()
        .isInstanceOfSatisfying(
            InvalidCall.class,
            invalid -> assertThat(invalid.problem()).contains("qty must be a whole number"));
  }

  @Test
  void countsTheSameCallOfALaterRoundAsTheFirst() {
    server.enqueue(
        answer(
            "{\"tool_calls\": [{\"id\": \"b\", \"function\": {\"name\": \"shop_online\","
                + " \"arguments\": {\"qty\": \"2\", \"product\": \"lamp\"}}}]}",
            "tool_calls"));

    ModelReply reply = call(afterCall(null));

    assertThat(reply.frozen()).isEmpty();
    assertThat(reply.calls())
        .singleElement()
        .isInstanceOfSatisfying(
            InvalidCall.class, again -> assertThat(again.problem()).startsWith("Not made again"));
  }

  @Test
  void takesTheSameCallOnceMoreWhenTheUserHasSpokenAgain() {
    server.enqueue(
        answer(
            "{\"tool_calls\": [{\"id\": \"b\", \"function\": {\"name\": \"shop_online\","
                + " \"arguments\": {\"qty\": 2, \"product\": \"lamp\"}}}]}",
            "tool_calls"));
    List<Entry> transcript = new ArrayList<>(afterCall(null).transcript());
    transcript.add(said(ChatRole.ASSISTANT, "Look at your phone."));
    transcript.add(said(ChatRole.USER, "Two more, please"));

    assertThat(call(new ModelCall(transcript, ASKER)).frozen()).hasSize(1);
  }

  @Test
  void givesACallOurOwnIdOfNineLettersAndDigitsWhereTheModelsIsMissing() {
    server.enqueue(
        answer(
            "{\"tool_calls\": [{\"function\": {\"name\": \"list_requests\", \"arguments\": \"\"}}]}",
            "tool_calls"));

    assertThat(call(hello()).calls())
        .extracting(ToolCall::id)
        .allMatch(id -> id.matches("[a-zA-Z0-9]{9}"));
  }

  @Test
  void keepsTheIdsOfTheServer() {
    String id = "chatcmpl-tool-0123456789abcdef0123456789abcdef";
    server.enqueue(
        answer(
            "{\"tool_calls\": [{\"id\": \"%s\", \"function\": {\"name\": \"list_requests\"}}]}"
                .formatted(id),
            "tool_calls"));

    assertThat(call(hello()).calls()).extracting(ToolCall::id).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          <think>They want tea.</think>Tea it is. ~ Tea it is.
          They want tea.</think> Tea it is. ~ Tea it is.
          <thinking>Hm</thinking>Tea it is.<|im_end|> ~ Tea it is.
          [THINK]Hm[/THINK]Tea it is. ~ Tea it is.
          <|channel|>analysis<|message|>Hm<|end|><|start|>assistant<|channel|>final<|message|>Tea it is. ~ Tea it is.
          3 < 4 and tea ~ 3 < 4 and tea
          """)
  void keepsThoughtsFromTheUser(String content, String shown) {
    server.enqueue(says(content));

    assertThat(call(hello()).text()).isEqualTo(shown);
  }

  @Test
  void saysNothingWhereTheModelOnlyThought() {
    server.enqueue(says("<think>They want tea."));

    assertThat(call(hello()).text()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<tool_call>{\"name\": \"shop_online\", \"arguments\": {}}</tool_call>",
        "Sure! [TOOL_CALLS][{\"name\": \"shop_online\"}]",
        "<|python_tag|>shop_online.call(product=\"lamp\")",
        "<function=shop_online>{\"product\": \"lamp\"}</function>",
        "<｜tool▁calls▁begin｜>shop_online",
        "<invoke name=\"shop_online\">",
        "commentary to=functions.shop_online {}",
        "```json\n{\"name\": \"shop_online\", \"parameters\": {\"qty\": 1}}\n```",
        "{\"type\": \"function\", \"function\": \"shop_online\", \"arguments\": {}}",
        "[{\"function\": {\"name\": \"shop_online\", \"arguments\": {}}}]"
      })
  void saysAfterThreeAttemptsThatCallsComeAsText(String content, CapturedOutput output) {
    server.enqueue(says(content));

    assertThat(failure(hello()).isNonRetryable()).isFalse();
    ApplicationFailure failure =
        failures(server.url("/v1").toString(), new ModelRecord())
            .of(new ToolMarkupException(), new Effort(3, Duration.ofSeconds(3)));
    assertThat(failure.getType()).isEqualTo("ModelToolsUnread");
    assertThat(output).contains("--enable-auto-tool-choice", server.url("/v1").toString());
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void showsJsonThatIsNoCall() {
    server.enqueue(says("{\"name\": \"Ada\"}"));

    assertThat(call(hello()).text()).isEqualTo("{\"name\": \"Ada\"}");
  }

  @Test
  void saysThatAnAnswerWasCutOff() {
    server.enqueue(answer("{\"content\": \"Once upon a\"}", "length"));

    assertThat(call(hello()).text())
        .isEqualTo("Once upon a\n\n(The model's answer was cut off here: it was too long.)");
  }

  @Test
  void asksOnceMoreForWhatWasCutOffWithMoreTokensIfTheSettingsAllow() throws Exception {
    server.enqueue(answer("{\"content\": \"Once\"}", "length"));
    server.enqueue(says("Once upon a time."));

    try (var model = model(100, 400)) {
      assertThat(model.call(hello()).text()).isEqualTo("Once upon a time.");
    }

    assertThat(body(server.takeRequest()).path("max_tokens").asInt()).isEqualTo(100);
    assertThat(body(server.takeRequest()).path("max_tokens").asInt()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | {"error": {"code": 402, "message": "Insufficient credits"}}  | ModelQuotaUsedUp
          200 | {"error": {"message": "Budget has been exceeded"}}           | ModelQuotaUsedUp
          200 | {"error": {"code": "401", "message": "No auth"}}             | ModelNotSetUp
          200 | {"error": "no such thing"}                                   | ModelNotSetUp
          200 | {"choices": [{"error": {"code": 400, "message": "No"}}]}     | ModelNotSetUp
          200 | <!doctype html><title>Sign in</title>                        | ModelAnswerUnreadable
          200 | {"object": "list", "data": []}                               | ModelAnswerUnreadable
          200 | pong                                                         | ModelAnswerUnreadable
          200 | {"choices": [{"message": {"content": "a", "content": "b"}}]} | ModelAnswerUnreadable
          400 | {"error": {"message": "API key not valid. Please pass one"}} | ModelNotSetUp
          400 | {"error": {"message": "small does not support tools"}}       | ModelToolsUnread
          400 | {"error": "bedrock does not support parameters: ['tools']"}  | ModelToolsUnread
          200 | {'error': 'x'}                                               | ModelAnswerUnreadable
          308 | moved                                                        | ModelNotSetUp
          302 | moved                                                        | ModelNotSetUp
          401 | {"error": {"message": "Incorrect API key"}}                  | ModelNotSetUp
          404 | {"error": {"message": "model 'x' not found"}}                | ModelNotSetUp
          404 | {"detail": "Not Found"}                                      | ModelNotSetUp
          429 | {"error": {"code": "insufficient_quota"}}                    | ModelQuotaUsedUp
          429 | {"error": {"message": "Model crossed budget: 0.1 > 0.01"}}   | ModelQuotaUsedUp
          """)
  void tellsAtOnceWhatAnotherRequestWouldNotChange(
      int status, String body, String type, CapturedOutput output) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Location", "https://elsewhere.example/v1")
            .body(body)
            .build());

    ApplicationFailure failure = failure(hello());

    assertThat(failure.getType()).isEqualTo(type);
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.toString()).doesNotContain("sk-test");
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(output.toString().lines().filter(line -> line.contains("ERROR")))
        .singleElement()
        .asString()
        .contains(server.url("/v1").toString(), "OPENAI_")
        .doesNotContain("sk-test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Retry-After", "llm_provider-retry-after"})
  void waitsAsLongAsTheServerWants(String header) {
    server.enqueue(
        new MockResponse.Builder()
            .code(429)
            .addHeader(header, "7")
            .body("{\"error\": {\"message\": \"Slow down\"}}")
            .build());

    ApplicationFailure failure = failure(hello());

    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void waitsNoLongerThanAUserDoes() {
    server.enqueue(
        new MockResponse.Builder().code(429).addHeader("Retry-After", "3600").body("{}").build());

    assertThat(failure(hello()).getType()).isEqualTo("ModelBusy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | {"choices": []}
          200 | ''
          200 | {"choices": [{"message": {"content": "He
          200 | {"error": "overloaded"}
          200 | {"error": {"code": "rate_limit_exceeded"}}
          200 | {"choices": [{"finish_reason": "error", "error": {"code": 502}, "message": {"content": "He"}}]}
          200 | {"choices": [{"finish_reason": "insufficient_system_resource", "message": {"content": "He"}}]}
          200 | {"choices": [{"finish_reason": "malformed_function_call", "message": {}}]}
          409 | {"error": {"message": "Busy"}}
          424 | {"error": {"message": "Busy"}}
          498 | {"error": {"message": "capacity_exceeded"}}
          429 | [{"error": {"code": 429, "message": "You exceeded your current quota. Please retry in 17.3s."}}]
          500 | error parsing tool call: raw='{'
          """)
  void triesAgainWhatMayPass(int status, String body) {
    server.enqueue(json(status, body));

    assertThat(failure(hello()).isNonRetryable()).isFalse();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | {"choices": [{"finish_reason": "stop", "message": {"content": null, "refusal": "I can't."}}]}
          200 | {"choices": [{"finish_reason": "PROHIBITED_CONTENT", "message": {"content": ""}}]}
          403 | {"error": {"message": "Your chosen model requires moderation and your input was flagged"}}
          400 | {"error": {"code": "invalid_prompt", "message": "No"}}
          """)
  void saysThatTheProviderRefused(int status, String body) {
    server.enqueue(json(status, body));

    assertThat(failure(hello()).getType()).isEqualTo("ModelRefused");
  }

  @Test
  void keepsWhatWasCutOffWhereNoLongerAnswerComes() {
    server.enqueue(answer("{\"content\": \"Once\"}", "length"));
    server.enqueue(error(400, "max_tokens is too large: maximum context length is 4096"));

    try (var model = model(100, 400)) {
      assertThat(model.call(hello()).text()).startsWith("Once");
    }
  }

  @Test
  void letsCallsPassWhereTheServerFailsBecauseNoneIsAllowed() {
    server.enqueue(
        error(400, "Tool choice is none, but model called a tool\", \"code\": \"tool_use_failed"));
    server.enqueue(says("You denied it."));

    assertThat(call(news()).text()).isEqualTo("You denied it.");
  }

  @Test
  void triesAgainWhatAModelMayGetRightTheNextTime() {
    server.enqueue(
        error(
            400,
            "Failed to call a function. Please adjust your prompt.\", \"code\": \"tool_use_failed"));

    assertThat(failure(hello()).isNonRetryable()).isFalse();
  }

  @Test
  void givesUpOnADeadAddressWithinFiveSeconds() {
    String dead = server.url("/v1").toString();
    server.close();
    var failures = failures(dead, new ModelRecord());
    try (var model = model()) {
      var refused = catchThrowableOfType(ActivityFailure.class, () -> model.call(hello()));
      assertThat(
              ((ApplicationFailure) Objects.requireNonNull(refused.getCause())).getNextRetryDelay())
          .isEqualTo(Duration.ofSeconds(1));
    }

    ApplicationFailure late =
        failures.of(
            new UnresolvedModelServerException("gone"), new Effort(4, Duration.ofSeconds(3)));

    assertThat(late.getType()).isEqualTo("ModelAway");
    assertThat(late.isNonRetryable()).isTrue();
  }

  @Test
  void waitsForAServerThatHasAnsweredAMomentAgo() {
    var failures = failures(server.url("/v1").toString(), new ModelRecord());
    var gone = new UnresolvedModelServerException("gone");

    failures.of(
        new InternalServerException(new HttpException(503, "Loading")),
        new Effort(1, Duration.ofMillis(10)));

    assertThat(failures.of(gone, new Effort(4, Duration.ofSeconds(30))).isNonRetryable()).isFalse();
    assertThat(failures.of(gone, new Effort(9, Duration.ofSeconds(74))).getType())
        .isEqualTo("ModelAway");
  }

  @Test
  void waitsNoLongerForAServerThatHasAnsweredLongAgo() {
    var record = new ModelRecord();
    record.answered(Instant.now().minus(Duration.ofMinutes(3)));

    ApplicationFailure failure =
        failures(server.url("/v1").toString(), record)
            .of(new UnresolvedModelServerException("gone"), new Effort(4, Duration.ofSeconds(3)));

    assertThat(failure.getType()).isEqualTo("ModelAway");
  }

  private static ModelFailures failures(String address, ModelRecord record) {
    return new ModelFailures(
        WiredModel.properties("sk-test", address, "small"), record, Clock.systemUTC());
  }

  @Test
  void givesUpAsSoonOnADeadServerBehindLiteLlm() {
    server.enqueue(
        error(
            500,
            "litellm.InternalServerError: InternalServerError: OpenAIException - Connection error."
                + "\\n\\nLiteLLM: model group 'small' failed with the error above."));

    assertThat(failure(hello()).getNextRetryDelay()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void namesTheKeyWhereLiteLlmHasNoDatabaseOfKeys(CapturedOutput output) {
    server.enqueue(error(400, "No connected db."));

    assertThat(failure(hello()).getType()).isEqualTo("ModelNotSetUp");
    assertThat(output).contains("check OPENAI_API_KEY");
  }

  @Test
  void offersNoOtherProtocolToAPlainServer() throws Exception {
    server.enqueue(says("Hello."));

    call(hello());

    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Upgrade")).isNull();
    assertThat(request.getHeaders().get("HTTP2-Settings")).isNull();
    assertThat(request.getVersion()).isEqualTo("HTTP/1.1");
  }

  private static ModelCall hello() {
    return new ModelCall(List.of(said(ChatRole.USER, "Hello")), ASKER);
  }

  private static ModelCall afterCall(@Nullable String extras) {
    return new ModelCall(
        List.of(
            said(ChatRole.USER, "Buy 2 lamps"),
            new ToolsCalled(null, List.of(LAMP), extras),
            new ToolReturned(LAMP.id(), "shop_online", "Approval requested")),
        ASKER);
  }

  private static ModelCall news() {
    List<Entry> transcript = new ArrayList<>(afterCall(null).transcript());
    transcript.add(said(ChatRole.ASSISTANT, "Look at your phone."));
    transcript.add(
        new ToolsCalled(
            null, List.of(new GuardedToolCall("outcome-1", "shop_online", LAMP.arguments()))));
    transcript.add(new ToolReturned("outcome-1", "shop_online", "The user has denied the request"));
    return new ModelCall(transcript, null);
  }

  private static Said said(ChatRole role, String text) {
    return new Said(new ChatMessage(1, role, text, Instant.EPOCH, null));
  }

  private ModelReply call(ModelCall call) {
    try (var model = model()) {
      return model.call(call);
    }
  }

  private ApplicationFailure failure(ModelCall call) {
    try (var model = model()) {
      var failure = catchThrowableOfType(ActivityFailure.class, () -> model.call(call));
      return (ApplicationFailure) Objects.requireNonNull(failure.getCause());
    }
  }

  private Model model() {
    return model(null, null);
  }

  private Model model(@Nullable Integer maxTokens, @Nullable Integer maxTokensAgain) {
    return new Model(
        new ModelProperties(
            "sk-test",
            server.url("/v1").toString(),
            "small",
            null,
            null,
            null,
            maxTokens,
            maxTokensAgain,
            null));
  }

  /** One process's model. */
  private static final class Model implements AutoCloseable {
    private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    private final ModelActivitiesImpl activities;

    Model(ModelProperties properties) {
      activities = WiredModel.of(properties, ToolFixtures.tools(), new SimpleMeterRegistry());
      temporal.registerActivitiesImplementations(activities);
    }

    ModelReply call(ModelCall call) {
      return temporal.newActivityStub(ModelActivities.class).callModel(call);
    }

    @Override
    public void close() {
      temporal.close();
    }
  }

  private static JsonNode body(@Nullable RecordedRequest request) throws Exception {
    return JSON.readTree(Objects.requireNonNull(Objects.requireNonNull(request).getBody()).utf8());
  }

  private static MockResponse says(String content) {
    return answer(
        "{\"role\": \"assistant\", \"content\": " + JSON.valueToTree(content) + "}", "stop");
  }

  private static MockResponse answer(String message, String reason) {
    return json(
        200,
        """
        {"id": "chatcmpl-1", "object": "chat.completion", "created": "now", "model": "small",
         "choices": [{"index": 0, "finish_reason": "%s", "message": %s}]}
        """
            .formatted(reason, message));
  }

  private static MockResponse error(int status, String words) {
    return json(status, "{\"error\": {\"message\": \"" + words + "\"}}");
  }

  private static MockResponse json(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }
}
