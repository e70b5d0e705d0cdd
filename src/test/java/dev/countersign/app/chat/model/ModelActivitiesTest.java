package dev.countersign.app.chat.model;

import static dev.countersign.app.chat.model.ScriptedModel.buy;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.countersign.app.chat.transcript.Stored;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.CancelCall;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.app.chat.transcript.ToolCall.ListCall;
import dev.countersign.app.purchase.Purchase;
import dev.countersign.guard.FrozenCall;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ModelActivitiesTest {
  private static final String NOT_SHOWN =
      "Nobody was asked, and nothing was done: product \"茶\" can't be shown in the characters that"
          + " the identity provider allows.";
  private static final String DURATION = "gen_ai.client.operation.duration";
  private static final String OPERATION = "gen_ai.operation.name";
  private static final Asker ASKER = new Asker("auth0|alice", null, "c-0-1a", 1);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<ChatRequest> requests = new ArrayList<>();
  private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
  private final ModelActivities activities = temporal.newActivityStub(ModelActivities.class);
  private @Nullable TokenUsage usage;
  private Function<ChatRequest, AiMessage> answer = _ -> AiMessage.from("Hello.");
  private final ModelActivitiesImpl implementation =
      new ModelActivitiesImpl(
          new ScriptedChatModel(),
          ToolFixtures.tools(),
          meters,
          WiredModel.properties("sk-test", null, null),
          new ModelRecord(),
          ChatBudget.UNLIMITED,
          Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC));

  private final class ScriptedChatModel implements ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      requests.add(request);
      return ChatResponse.builder().aiMessage(answer.apply(request)).tokenUsage(usage).build();
    }
  }

  @BeforeEach
  void register() {
    temporal.registerActivitiesImplementations(implementation);
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void givesTheModelTheDayTheTranscriptAndTheTool() {
    ModelReply reply = activities.callModel(new ModelCall(List.of(user("Hello")), ASKER));

    assertThat(reply)
        .isEqualTo(
            new ModelReply(
                "Hello.", List.of(), List.of(), null, new TurnTerms(10, 180, null, null, null)));
    ChatRequest request = requests.getFirst();
    assertThat(((SystemMessage) request.messages().getFirst()).text())
        .contains("2026-11-24")
        .contains("Never say that something was ordered");
    assertThat(request.messages()).hasSize(2);
    assertThat(request.toolSpecifications())
        .extracting(ToolSpecification::name)
        .containsExactly("shop_online", "list_requests", "cancel_request");
  }

  @Test
  void letsNoToolBeCalledWhenTheModelIsOnlyToSpeak() {
    activities.callModel(new ModelCall(List.of(user("Hello")), null));

    assertThat(requests.getFirst().toolSpecifications()).hasSize(3);
    assertThat(requests.getFirst().toolChoice()).isEqualTo(ToolChoice.NONE);
  }

  @Test
  void takesNoWordOfTheModelsOnWhoApproves() {
    answer =
        _ ->
            AiMessage.from(
                call(
                    "a",
                    "shop_online",
                    "{\"product\":\"lamp\",\"qty\":1,\"userCode\":5,\"idTokenHint\":\"forged\"}"));

    ModelReply reply = activities.callModel(new ModelCall(List.of(user("Buy")), ASKER));

    assertThat(reply.calls()).singleElement().isInstanceOf(GuardedToolCall.class);
    assertThat(reply.frozen())
        .singleElement()
        .satisfies(frozen ->
            assertThat(frozen.snapshot())
                .contains("\"approver\":null", "auth0|alice")
                .doesNotContain("userCode", "forged"));
  }

  @Test
  void checksEveryCallOfAReply() {
    answer =
        _ ->
            AiMessage.from(
                call(
                    "a",
                    "shop_online",
                    "{\"product\":\"headphones\",\"qty\":2,\"colour\":\"red\"}"),
                call(
                    "b",
                    "shop_online",
                    "{\"product\":\"lamp\",\"qty\":\"1\",\"priceLimit\":49.9}"));

    ModelReply reply = reply();

    assertThat(reply.calls()).hasSize(2).hasOnlyElementsOfType(GuardedToolCall.class);
    assertThat(reply.frozen())
        .extracting(FrozenCall::message)
        .containsExactly(
            "Do you want to buy 2 headphones", "Do you want to buy 1 lamp for at most 49.9");
    assertThat(reply.frozen())
        .extracting(FrozenCall::id)
        .allMatch(id -> id.startsWith("shop_online-" + ToolFixtures.USERS.of("auth0|alice")))
        .satisfiesExactly(
            first -> assertThat(first).endsWith("-1a-1"),
            second -> assertThat(second).endsWith("-1a-2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"product":"headphones","qty":0}                   | qty must be a whole number
          {"product":"headphones","qty":1.5}                 | qty must be a whole number
          {"product":"headphones"}                           | qty is missing
          {"qty":1}                                          | product must be given
          {"product":"","qty":1}                             | product must have 1 to 100 characters
          {"product":"lamp","qty":1,"priceLimit":0}          | priceLimit must be more than 0
          {"product":"lamp","qty":1,"priceLimit":1.999}      | priceLimit must have at most 2 decimals
          {"product":"lamp","qty":1e9999}                    | qty must be a whole number
          {"product":"lamp","qty":"many"}                    | qty must be a whole number
          {"product":["lamp"],"qty":1}                       | product must be a text
          [1]                                                | not a JSON object
          {"product":"lamp"                                  | not a JSON object
          {"product":"lamp","qty":1} and more                | not a JSON object
          """)
  void tellsWhatIsWrongWithACall(String arguments, String problem) {
    answer = _ -> AiMessage.from(call("a", "shop_online", arguments));

    assertThat(reply().calls())
        .singleElement()
        .isInstanceOfSatisfying(
            InvalidCall.class, invalid -> assertThat(invalid.problem()).contains(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      textBlock =
          """
          {}                         | null
          {"status":null}            | null
          {"status":""}              | null
          {"status":" Pending "}     | pending
          {"status":"ended"}         | ended
          {"status":"done"}          | DONE
          {"status":"outcome unknown"} | OUTCOME_UNKNOWN
          """)
  void takesAStatusInAnyCaseToListPurchases(String arguments, @Nullable String status) {
    answer = _ -> AiMessage.from(call("a", "list_requests", arguments));

    assertThat(reply().calls()).containsExactly(new ListCall("a", status));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          list_requests  | {"status":"lost"}    | status must be pending, ended, or one of REQUESTED
          list_requests  | nothing              | not a JSON object
          cancel_request | {}                   | request must be the reference of one request
          cancel_request | {"request":null}    | request must be the reference of one request
          cancel_request | {"request":["R-1"]} | request must be the reference of one request
          cancel_request | {"request":" "}     | request must be the reference of one request
          """)
  void tellsWhatIsWrongWithACallOfAnotherTool(String tool, String arguments, String problem) {
    answer = _ -> AiMessage.from(call("a", tool, arguments));

    assertThat(reply().calls())
        .singleElement()
        .isInstanceOfSatisfying(
            InvalidCall.class, invalid -> assertThat(invalid.problem()).contains(problem));
  }

  @Test
  void takesFivePurchasesAtOnceAndCallsOfOtherToolsBesides() {
    answer =
        _ ->
            AiMessage.from(
                Stream.concat(
                        IntStream.rangeClosed(1, 6)
                            .mapToObj(qty ->
                                call(
                                    "",
                                    "shop_online",
                                    "{\"product\":\"lamp\",\"qty\":" + qty + "}")),
                        Stream.of(call("z", "cancel_request", "{\"request\":\" R-1 \"}")))
                    .toList());

    List<ToolCall> calls = reply().calls();

    assertThat(calls.subList(0, 5)).hasOnlyElementsOfType(GuardedToolCall.class);
    assertThat(calls.get(5))
        .isInstanceOfSatisfying(
            InvalidCall.class,
            invalid ->
                assertThat(invalid.problem())
                    .startsWith("Not done: at most 5 requests for approval"));
    assertThat(calls.get(6)).isEqualTo(new CancelCall("z", "R-1"));
  }

  @Test
  void freezesAProductWithoutItsEmoji() {
    answer =
        _ ->
            AiMessage.from(
                call("a", "shop_online", "{\"product\":\"🎧 headphones\",\"qty\":2}"),
                call("b", "shop_online", "{\"product\":\"🎧\",\"qty\":2}"));

    ModelReply reply = reply();

    assertThat(reply.frozen())
        .singleElement()
        .satisfies(frozen -> {
          assertThat(frozen.message()).isEqualTo("Do you want to buy 2 headphones");
          assertThat(frozen.arguments()).contains("\"product\":\"headphones\"");
        });
    assertThat(reply.calls().getLast())
        .isInstanceOfSatisfying(
            InvalidCall.class,
            only ->
                assertThat(only.sentence())
                    .isEqualTo("Nothing was done. product must be more than emoji."));
  }

  @Test
  void tellsTheUserWhatIsWrongButNotWhatTheModelHasToDo() {
    answer = _ -> AiMessage.from(call("a", "shop_online", "{\"product\":\"lamp\",\"qty\":0}"));
    String sentence = "Nothing was done. qty must be a whole number from 1 to 1,000.";

    assertThat(reply().calls())
        .singleElement()
        .isEqualTo(
            new InvalidCall(
                "a",
                "shop_online",
                "{\"product\":\"lamp\",\"qty\":0}",
                sentence + "\nCall the tool again with valid arguments, or ask.",
                sentence,
                false));
  }

  @Test
  void asksOnceForEqualCallsOfAReply() {
    answer =
        _ ->
            AiMessage.from(
                call("a", "shop_online", "{\"product\":\"lamp\",\"qty\":1}"),
                call("b", "shop_online", "{\"qty\":\"1\", \"product\":\"lamp\"}"),
                call("c", "shop_online", "{\"product\":\"lamp\",\"qty\":1}"),
                call("d", "shop_online", "{\"product\":\"lamp\",\"qty\":2}"));

    ModelReply reply = reply();

    assertThat(reply.frozen())
        .extracting(FrozenCall::message)
        .containsExactly("Do you want to buy 1 lamp", "Do you want to buy 2 lamp");
    assertThat(reply.frozen())
        .extracting(FrozenCall::id)
        .satisfiesExactly(
            first -> assertThat(first).endsWith("-1a-1"),
            second -> assertThat(second).endsWith("-1a-2"));
    assertThat(reply.calls().get(0)).isInstanceOf(GuardedToolCall.class);
    assertThat(reply.calls().subList(1, 3))
        .allSatisfy(call ->
            assertThat(call)
                .isInstanceOfSatisfying(
                    InvalidCall.class,
                    again -> {
                      assertThat(again.problem())
                          .startsWith("Not made again: it is the same as a call before it");
                      assertThat(again.sentence()).isNull();
                    }));
    assertThat(reply.calls().get(1).id()).isEqualTo("b");
    assertThat(reply.calls().get(3)).isInstanceOf(GuardedToolCall.class);
  }

  @Test
  void countsEqualCallsOnceAmongTheFive() {
    answer =
        _ ->
            AiMessage.from(
                Stream.concat(
                        Stream.generate(
                                () -> call("", "shop_online", "{\"product\":\"lamp\",\"qty\":1}"))
                            .limit(9),
                        Stream.of(call("z", "shop_online", "{\"product\":\"lamp\",\"qty\":2}")))
                    .toList());

    ModelReply reply = reply();

    assertThat(reply.frozen())
        .extracting(FrozenCall::message)
        .containsExactly("Do you want to buy 1 lamp", "Do you want to buy 2 lamp");
  }

  @Test
  void refusesAProductThatNoPhoneCanShowAndHasASentenceForItsUser() {
    answer =
        _ ->
            AiMessage.from(
                call("a", "shop_online", "{\"product\":\"茶\",\"qty\":1}"),
                call("b", "shop_online", "{\"product\":\"tea\",\"qty\":1}"));

    assertThat(reply().calls())
        .satisfiesExactly(
            tea ->
                assertThat(tea)
                    .isEqualTo(
                        new InvalidCall(
                            "a",
                            "shop_online",
                            "{\"product\":\"茶\",\"qty\":1}",
                            NOT_SHOWN,
                            NOT_SHOWN,
                            true)),
            latin -> assertThat(latin).isInstanceOf(GuardedToolCall.class));
  }

  @Test
  void keepsAnAnswerSmallHoweverMuchAModelSays() {
    String much = "\u0001".repeat(100_000);
    ToolExecutionRequest wrong =
        call("a", "shop_online", "{\"product\":\"" + "\\u0001".repeat(600) + "\"}");
    answer = _ -> AiMessage.from(much, IntStream.range(0, 500).mapToObj(_ -> wrong).toList());

    ModelReply reply = reply();

    assertThat(reply.text()).endsWith("…");
    assertThat(reply.calls()).hasSize(21);
    assertThat(Stored.bytes(reply)).isLessThan(100_000);
  }

  @Test
  void countsTheTokensOfACall() {
    usage = new TokenUsage(120, 8);

    assertThat(reply().usage()).isEqualTo(new TokenUse(120, 8));
    assertThat(tokens("chat", "input")).isEqualTo(120);
    assertThat(tokens("chat", "output")).isEqualTo(8);
  }

  @Test
  void measuresATurnWithAllOfItsCallsWhenItEnds() {
    usage = new TokenUsage(120, 8);
    var turn = new TurnSoFar(null, Instant.parse("2026-11-24T07:59:50Z"), new TokenUse(30, 2));
    ModelCall call = new ModelCall(List.of(user("Hello")), ASKER, null, turn);
    answer = _ -> AiMessage.from(call("a", "list_requests", "{}"));
    activities.callModel(call);
    assertThat(meters.find(DURATION).tag(OPERATION, "invoke_agent").timer()).isNull();

    answer = _ -> AiMessage.from("Hello.");
    activities.callModel(call);

    assertThat(meters.get(DURATION).tag(OPERATION, "invoke_agent").timer().totalTime(SECONDS))
        .isEqualTo(10);
    assertThat(tokens("invoke_agent", "input")).isEqualTo(150);
    assertThat(tokens("invoke_agent", "output")).isEqualTo(10);
  }

  private double tokens(String operation, String type) {
    return meters
        .get("gen_ai.client.token.usage")
        .tag(OPERATION, operation)
        .tag("gen_ai.token.type", type)
        .tag("gen_ai.request.model", "unknown")
        .summary()
        .totalAmount();
  }

  @Test
  void tellsThatThereIsNoSuchTool() {
    answer = _ -> AiMessage.from(call("a", "rob_bank", "{}"));

    assertThat(reply().calls())
        .containsExactly(
            new InvalidCall(
                "a",
                "rob_bank",
                "{}",
                "There is no such tool; there are shop_online, list_requests, cancel_request."));
  }

  @Test
  void givesCallsOfOurOwnIdsWhenTheModelsAreMissingOrUsed() {
    String arguments = "{\"product\":\"lamp\",\"qty\":1}";
    answer =
        _ ->
            AiMessage.from(
                call(null, "shop_online", arguments),
                call("", "shop_online", arguments),
                call("same", "shop_online", arguments),
                call("same", "shop_online", arguments),
                call("used before", "shop_online", arguments),
                call("used", "shop_online", arguments));
    var before = buy("used", new Purchase("lamp", 1, null));
    var transcript =
        List.of(
            user("Buy a lamp"),
            new ToolsCalled(null, List.of(before)),
            new ToolReturned("used", "shop_online", "Approval requested"));

    List<ToolCall> calls = activities.callModel(new ModelCall(transcript, ASKER)).calls();

    assertThat(calls).extracting(ToolCall::id).doesNotHaveDuplicates().doesNotContain("used", "");
    assertThat(calls).extracting(ToolCall::id).contains("same");
  }

  static Stream<RuntimeException> passing() {
    return Stream.of(
        new RateLimitException("429"),
        new InternalServerException("503"),
        new TimeoutException("slow"),
        new UnresolvedModelServerException("no such host"),
        new IllegalStateException("no answer"));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void failsForNowWhenTheModelMayAnswerLater(RuntimeException failure) {
    answer =
        _ -> {
          throw failure;
        };

    assertThat(failure().isNonRetryable()).isFalse();
  }

  @Test
  void failsForGoodWhenThereIsNoSuchModel() {
    answer =
        _ -> {
          throw new ModelNotFoundException("The model gpt-0 does not exist");
        };

    assertThat(failure().isNonRetryable()).isTrue();
    assertThat(failure().getOriginalMessage()).isEqualTo("The model gpt-0 does not exist");
  }

  @Test
  void failsForGoodAndKeepsTheKeySecretWhenTheKeyIsRefused() {
    answer =
        _ -> {
          throw new AuthenticationException("Incorrect API key provided: sk-secret");
        };

    assertThat(failure().isNonRetryable()).isTrue();
    assertThat(failure().toString()).doesNotContain("sk-secret");
  }

  /** Before it was asked for the first time both values would be made up. */
  @Test
  void tellsHowTheModelWasWhenItWasAskedLast() {
    assertThat(up()).isNaN();
    Function<ChatRequest, AiMessage> speaks = answer;
    answer =
        _ -> {
          throw new ModelNotFoundException("The model gpt-0 does not exist");
        };
    assertThat(failure()).isNotNull();
    assertThat(up()).isZero();
    answer = speaks;
    reply();

    assertThat(up()).isOne();
  }

  private double up() {
    return meters.get("countersign.peer.up").tag("peer", "model").gauge().value();
  }

  private ModelReply reply() {
    return activities.callModel(new ModelCall(List.of(user("Buy")), ASKER));
  }

  private ApplicationFailure failure() {
    var failure = catchThrowableOfType(ActivityFailure.class, this::reply);
    return (ApplicationFailure) Objects.requireNonNull(failure.getCause());
  }

  private static Entry user(String text) {
    return new Said(new ChatMessage(1, ChatRole.USER, text, Instant.EPOCH, null));
  }

  private static ToolExecutionRequest call(@Nullable String id, String name, String arguments) {
    return ToolExecutionRequest.builder().id(id).name(name).arguments(arguments).build();
  }
}
