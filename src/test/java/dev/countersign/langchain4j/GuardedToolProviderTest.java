package dev.countersign.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.approval.FakeProvider;
import dev.countersign.guard.ApprovalPolicy;
import dev.countersign.guard.ApprovedCall;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.GuardWorld;
import dev.countersign.guard.NotDoneException;
import dev.countersign.guard.RememberRules;
import dev.countersign.guard.RequiresApproval;
import dev.countersign.guard.TokenNotAcceptedException;
import dev.countersign.guard.ToolRules;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools that have no method here are guarded by settings. */
class GuardedToolProviderTest {
  private static final JsonObjectSchema TRANSFER =
      JsonObjectSchema.builder()
          .addNumberProperty("amount")
          .addStringProperty("iban", "where to")
          .addStringProperty("purpose")
          .required("amount", "iban")
          .build();
  private static final String MESSAGE = "Transfer {amount} EUR to {iban}[ for {purpose}]";
  private static final String ARGUMENTS = "{\"iban\": \"DE1\", \"amount\": 12.50}";
  private static final JsonObjectSchema NOTHING = JsonObjectSchema.builder().build();

  private final RemoteTools remote = new RemoteTools();
  private @Nullable GuardWorld<BankTools> world;

  static class BankTools {
    @RequiresApproval(message = "Close all accounts")
    void closeAll() {}
  }

  interface Assistant {
    String chat(String words);
  }

  /** Says something of some tools that have no annotation. */
  private record Settings(Map<String, ToolRules> tools) implements ToolRules.Settings {
    @Override
    public ToolRules of(String tool, ToolRules rules) {
      return rules;
    }

    @Override
    public Optional<ToolRules> ofOffered(String tool) {
      return Optional.ofNullable(tools.get(tool));
    }
  }

  private static ToolRules rules(
      String message, String details, boolean idempotent, String... unseen) {
    return new ToolRules(
        message,
        details,
        List.of("transfer:create"),
        "",
        List.of(),
        "",
        "",
        idempotent,
        "",
        "",
        "",
        List.of(unseen),
        false,
        RememberRules.NEVER);
  }

  private static Settings settings(String tool, ToolRules rules) {
    return new Settings(Map.of(tool, rules));
  }

  private static Settings settings() {
    return settings("transfer", rules(MESSAGE, "", false));
  }

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  private GuardWorld<BankTools> world(Duration await, Settings settings) {
    GuardWorld<BankTools> made = new GuardWorld<>(BankTools.class, await, settings);
    made.provider.approvesAfter(Duration.ofMinutes(1));
    world = made;
    return made;
  }

  private GuardWorld<BankTools> world(Settings settings) {
    return world(Duration.ofMinutes(5), settings);
  }

  private ToolProvider guarded(GuardWorld<BankTools> world) {
    return tools(world).guarding(remote);
  }

  private static GuardedTools tools(GuardWorld<BankTools> world) {
    return new GuardedTools(world.calls, world.approvers(), world.tools);
  }

  private static List<AiServiceTool> offered(ToolProvider provider) {
    return provider
        .provideTools(new ToolProviderRequest("m", UserMessage.from("Transfer 12.50 to DE1")))
        .aiServiceTools();
  }

  private static ToolExecutionResult call(ToolProvider provider, String tool, String arguments) {
    return offered(provider).stream()
        .filter(each -> each.name().equals(tool))
        .findFirst()
        .orElseThrow()
        .toolExecutor()
        .executeWithContext(
            ToolExecutionRequest.builder().id("call_0").name(tool).arguments(arguments).build(),
            InvocationContext.builder().invocationId(UUID.randomUUID()).chatMemoryId("m").build());
  }

  private static CallState end(GuardWorld<BankTools> world, ToolExecutionResult result) {
    return world.end(String.valueOf(result.attributes().get(GuardedTools.CALL_ID)));
  }

  @Test
  void asksBeforeAToolIsRunThatSettingsName() {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(Duration.ZERO, settings());
    ScriptedModel model = new ScriptedModel(ARGUMENTS);

    String words =
        AiServices.builder(Assistant.class)
            .chatModel(model)
            .toolProvider(guarded(world))
            .build()
            .chat("Transfer 12.50 to DE1");

    assertThat(words)
        .contains("asked to approve this on their device: \"Transfer 12.50 EUR to DE1\"");
    assertThat(remote.called).isEmpty();
    CallState end =
        world.end(String.valueOf(model.results.getFirst().attributes().get(GuardedTools.CALL_ID)));
    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.result()).isEqualTo("\"did transfer\"");
    assertThat(end.arguments())
        .isEqualTo("{\"amount\":\"12.50\",\"iban\":\"DE1\",\"purpose\":null}");
    assertThat(remote.called).containsExactly("transfer{\"amount\":12.50,\"iban\":\"DE1\"}");
  }

  @Test
  void answersWithTheTextOfTheTool() {
    remote.with("transfer", TRANSFER);

    ToolExecutionResult result = call(guarded(world(settings())), "transfer", ARGUMENTS);

    assertThat(result.resultText()).isEqualTo("did transfer");
    assertThat(result.isError()).isFalse();
  }

  @Test
  void doesAsAPolicySays() {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(settings());
    world.policies.add(call ->
        switch (call.argument("iban", String.class)) {
          case "DE1" -> ApprovalPolicy.Ruling.notNeeded();
          case "DE2" -> ApprovalPolicy.Ruling.forbidden("Nobody sends money there.");
          default -> ApprovalPolicy.Ruling.asDeclared();
        });
    ToolProvider guarded = guarded(world);

    assertThat(call(guarded, "transfer", ARGUMENTS).resultText()).isEqualTo("did transfer");
    assertThat(world.provider.rings()).isEmpty();
    assertThat(call(guarded, "transfer", ARGUMENTS.replace("DE1", "DE2")).resultText())
        .endsWith("Nobody sends money there.");
    assertThat(remote.called).hasSize(1);
    call(guarded, "transfer", ARGUMENTS.replace("DE1", "DE3"));
    assertThat(world.provider.rings()).hasSize(1);
  }

  @Test
  void letsNoHalfOfATokenThroughThatAToolRepeats() {
    String before = "x".repeat(490);
    remote.with(
        "transfer", TRANSFER, (_, _) -> RemoteTools.error(before + FakeProvider.ACCESS_TOKEN));

    GuardWorld<BankTools> world = world(settings());

    CallState end = end(world, call(guarded(world), "transfer", ARGUMENTS));

    assertThat(end.status()).isEqualTo(CallStatus.OUTCOME_UNKNOWN);
    assertThat(world.historyText(end.id()))
        .contains(before)
        .doesNotContain(FakeProvider.ACCESS_TOKEN.substring(0, 8));
  }

  @Test
  void runsAToolWhileAnotherProviderDoesNotAnswer() throws Exception {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world =
        world(settings("transfer", within("PT2S", rules(MESSAGE, "", false))));
    CountDownLatch answers = new CountDownLatch(1);
    AtomicBoolean hangs = new AtomicBoolean();
    tools(world)
        .guarding(_ -> {
          if (hangs.get()) {
            await(answers);
          }
          return ToolProviderResult.builder().build();
        });
    ToolProvider guarded = guarded(world);
    hangs.set(true);

    assertThat(call(guarded, "transfer", ARGUMENTS).resultText()).isEqualTo("did transfer");
    answers.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      var _ = latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ToolRules within(String timeout, ToolRules rules) {
    return new ToolRules(
        rules.message(),
        rules.details(),
        rules.scopes(),
        rules.audience(),
        rules.acr(),
        rules.expiry(),
        rules.await(),
        rules.idempotent(),
        timeout,
        rules.giveUpAfter(),
        rules.settleWithin(),
        rules.unseen(),
        rules.alwaysAsk(),
        RememberRules.NEVER);
  }

  @Test
  void takesNoFurtherProviderOnceTheApplicationHasStarted() {
    GuardWorld<BankTools> world = world(settings());
    world.tools.complete();

    assertThatThrownBy(() -> guarded(world))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("while beans are made");
  }

  @Test
  void runsNothingThatIsDenied() {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(settings());
    world.provider.deniesAfter(Duration.ofMinutes(1));

    assertThat(call(guarded(world), "transfer", ARGUMENTS).isError()).isTrue();
    assertThat(remote.called).isEmpty();
  }

  @Test
  void leavesAllOtherToolsAsTheyAre() {
    remote.with("transfer", TRANSFER).with("balance", NOTHING);
    GuardWorld<BankTools> world = world(settings());
    ToolProvider guarded = guarded(world);

    assertThat(offered(guarded)).extracting(AiServiceTool::name).contains("transfer", "balance");
    assertThat(call(guarded, "balance", "{\"whatever\": 1}").resultText()).isEqualTo("did balance");
    assertThat(remote.called).containsExactly("balance{\"whatever\": 1}");
    assertThat(world.provider.requests()).isZero();
    assertThat(guarded.isDynamic()).isEqualTo(remote.isDynamic());
  }

  @Test
  void knowsAToolByANameOfLettersDigitsAndUnderscores() {
    remote.with("transfer-money", TRANSFER);
    GuardWorld<BankTools> world = world(settings("transfer_money", rules(MESSAGE, "", false)));

    ToolExecutionResult result = call(guarded(world), "transfer-money", ARGUMENTS);

    assertThat(end(world, result).tool()).isEqualTo("transfer_money");
    assertThat(remote.called).hasSize(1).first().asString().startsWith("transfer-money{");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"amount": 1, "iban": "DE1", "to": "DE2"} | to is no argument
          {"amount": 1}                             | iban is missing
          {"amount": 1, "iban": null}               | iban is missing
          {"amount": "much", "iban": "DE1"}         | amount must be a number
          {"amount": true, "iban": "DE1"}           | amount must be a number
          {"amount": 1e999999999, "iban": "DE1"}    | amount must be a number of at most 100 digits
          {"amount": 1e9999999999, "iban": "DE1"}   | The arguments are not a JSON object
          {"amount": 1, "iban": 7}                  | iban must be a text
          {"amount": 1, "iban": ["DE1"]}            | iban must be a text
          {"amount": 1, "iban": "DE1"} and more     | The arguments are not a JSON object
          [1]                                       | The arguments are not a JSON object
          """)
  void asksNobodyForArgumentsThatCannotBe(String arguments, String problem) {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(settings());

    ToolExecutionResult result = call(guarded(world), "transfer", arguments);

    assertThat(result.isError()).isTrue();
    assertThat(result.resultText())
        .isEqualTo(
            "Nothing was done, and nobody was asked: "
                + problem
                + ".\nCall the tool again with valid arguments, or ask.");
    assertThat(world.provider.requests()).isZero();
    assertThat(remote.called).isEmpty();
  }

  @Test
  void keepsFromTheModelWhatWouldBeApprovedUnseen() {
    remote.with("transfer", TRANSFER).with("balance", NOTHING);
    GuardWorld<BankTools> world =
        world(settings("transfer", rules("Transfer {amount} EUR", "", false, "purpose")));

    assertThat(offered(guarded(world))).extracting(AiServiceTool::name).containsExactly("balance");
    assertThat(world.tools.askSources())
        .containsExactly(
            "The argument iban of countersign.tools.transfer would be approved unseen: put {iban}"
                + " into the message or the details, or name it in unseen, if whoever calls may"
                + " choose it freely.");
  }

  @Test
  void keepsFromTheModelWhatNobodyCouldTellApart() {
    remote
        .with("transfer", TRANSFER)
        .with("trans-fer", TRANSFER)
        .with("trans_fer", TRANSFER)
        .with("closeAll", NOTHING)
        .with("a".repeat(41), NOTHING);
    GuardWorld<BankTools> world =
        world(
            new Settings(
                Map.of(
                    "transfer",
                    rules(MESSAGE, "", false),
                    "trans_fer",
                    rules(MESSAGE, "", false),
                    "closeAll",
                    rules("Close", "", false),
                    "a".repeat(41),
                    rules("Go", "", false))));

    assertThat(offered(guarded(world))).extracting(AiServiceTool::name).containsExactly("transfer");
    RemoteTools other = new RemoteTools().with("transfer", TRANSFER);
    assertThat(offered(tools(world).guarding(other))).isEmpty();
    assertThat(offered(guarded(world))).hasSize(1); // the same provider once more
    assertThat(world.tools.askSources())
        .contains(
            "countersign.tools.closeAll is said of two tools, but calls are known by that name:"
                + " rename one where it is provided.")
        .anyMatch(fault -> fault.contains("needs another name where it is provided"));
  }

  @Test
  void keepsFromTheModelWhatBecomesFaulty() {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(settings());
    ToolProvider guarded = guarded(world);
    var before = offered(guarded).getFirst().toolExecutor();

    remote.with(
        "transfer",
        JsonObjectSchema.builder()
            .addProperties(TRANSFER.properties())
            .addStringProperty("from.account")
            .build());

    assertThat(offered(guarded)).isEmpty();
    assertThat(
            before
                .executeWithContext(
                    ToolExecutionRequest.builder().name("transfer").arguments(ARGUMENTS).build(),
                    InvocationContext.builder().build())
                .resultText())
        .startsWith("Nothing was done.");
    assertThat(remote.called).isEmpty();
  }

  @Test
  void showsMembersOfObjectsAndListsInTheDetails() {
    JsonObjectSchema order =
        JsonObjectSchema.builder()
            .addProperty(
                "to",
                JsonObjectSchema.builder()
                    .addStringProperty("city")
                    .addIntegerProperty("floor")
                    .required("city")
                    .build())
            .addEnumProperty("speed", List.of("fast", "slow"))
            .addProperty(
                "items",
                JsonArraySchema.builder().items(JsonObjectSchema.builder().build()).build())
            .addProperty(
                "note",
                JsonAnyOfSchema.builder()
                    .anyOf(new JsonStringSchema(), new JsonNullSchema())
                    .build())
            .addBooleanProperty("gift")
            .required("to", "items", "note")
            .build();
    remote.with("order", order);
    GuardWorld<BankTools> world =
        world(
            settings(
                "order",
                rules(
                    "Order to {to.city}[ floor {to.floor}][ by speed {speed}][ note {note}][ gift {gift}]",
                    "[{\"type\":\"order\",\"items\":\"{items}\"}]",
                    false)));
    String items = "[{\"id\":7,\"weight\":0.1,\"of\":{\"b\":[true,null],\"a\":\"x\"}}]";

    ToolExecutionResult result =
        call(
            guarded(world),
            "order",
            "{\"to\":{\"city\":\"Rome\",\"floor\":\"2.0\"},\"speed\":\"fast\",\"note\":null,\"gift\":true,"
                + "\"items\":"
                + items
                + "}");

    assertThat(end(world, result).message())
        .isEqualTo("Order to Rome floor 2 by speed fast gift true");
    assertThat(world.provider.rings().getLast().authorizationDetails())
        .isEqualTo(
            "[{\"type\":\"order\",\"items\":[{\"id\":7,\"of\":{\"a\":\"x\",\"b\":[true,null]},\"weight\":0.1}]}]");
    assertThat(remote.called)
        .containsExactly(
            "order{\"to\":{\"city\":\"Rome\",\"floor\":2},\"speed\":\"fast\",\"items\":"
                + "[{\"id\":7,\"of\":{\"a\":\"x\",\"b\":[true,null]},\"weight\":0.1}],\"note\":null,\"gift\":true}");
    assertThat(
            call(
                    guarded(world),
                    "order",
                    "{\"to\":{\"city\":\"Rome\",\"street\":\"x\",\"floor\":1.5},\"note\":null,\"speed\":\"faster\","
                        + "\"items\":[0.1000000000000000000001]}")
                .resultText())
        .contains(
            "to.street is no argument. to.floor must be a whole number. speed must be one of fast,"
                + " slow. items must be without numbers of so many digits");
  }

  @Test
  void isRunByAProcessThatHasNeverOfferedIt() {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(settings());
    guarded(world);
    GuardWorld.OtherProcess caller = world.otherProcess(settings());
    ToolProvider offering =
        new GuardedTools(caller.calls(), world.approvers(), caller.tools()).guarding(remote);

    ToolExecutionResult asked = call(offering, "transfer", ARGUMENTS);
    remote.awayTimes.set(2);

    CallState end = end(world, asked);
    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(remote.awayTimes).hasValue(0);
    assertThat(remote.called).hasSize(1);
    assertThat(world.provider.rings()).hasSize(1);
  }

  @Test
  void runsNothingThatTwoProvidersOffer() {
    remote.with("transfer", TRANSFER);
    RemoteTools other = new RemoteTools().with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(settings());
    tools(world).guarding(other);
    guarded(world);
    GuardWorld.OtherProcess caller = world.otherProcess(settings());
    ToolProvider offering =
        new GuardedTools(caller.calls(), world.approvers(), caller.tools()).guarding(remote);

    CallState end = end(world, call(offering, "transfer", ARGUMENTS));

    assertThat(end.status()).isEqualTo(CallStatus.FAILED);
    assertThat(end.code()).isEqualTo("not_done");
    assertThat(remote.called).isEmpty();
    assertThat(other.called).isEmpty();
  }

  @Test
  void runsNothingThatHasChangedSinceItWasApproved() {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(Duration.ZERO, settings());

    ToolExecutionResult asked = call(guarded(world), "transfer", ARGUMENTS);
    remote.with(
        "transfer",
        JsonObjectSchema.builder()
            .addProperties(TRANSFER.properties())
            .addStringProperty("iban", "where from")
            .required("amount", "iban")
            .build());

    CallState end = end(world, asked);
    assertThat(end.status()).isEqualTo(CallStatus.FAILED);
    assertThat(end.code()).isEqualTo("not_done");
    assertThat(remote.called).isEmpty();
  }

  @Test
  void takesAnErrorForAnUnknownOutcome() {
    remote.with("transfer", TRANSFER, (_, _) -> RemoteTools.error("no answer of the bank"));
    GuardWorld<BankTools> world = world(Duration.ZERO, settings());

    CallState end = end(world, call(guarded(world), "transfer", ARGUMENTS));

    assertThat(end.status()).isEqualTo(CallStatus.OUTCOME_UNKNOWN);
    assertThat(remote.called).hasSize(1);
  }

  @Test
  void takesAFailureForAnUnknownOutcome() {
    remote.with(
        "transfer",
        TRANSFER,
        (_, _) -> {
          throw new ToolExecutionException("connection reset");
        });
    GuardWorld<BankTools> world = world(Duration.ZERO, settings());

    CallState end = end(world, call(guarded(world), "transfer", ARGUMENTS));

    assertThat(end.status()).isEqualTo(CallStatus.OUTCOME_UNKNOWN);
    assertThat(remote.called).hasSize(1);
  }

  @Test
  void repeatsUnderTheSameKeyWhatIsIdempotent() {
    List<String> keys = new CopyOnWriteArrayList<>();
    remote.with(
        "transfer",
        TRANSFER,
        (_, _) -> {
          keys.add(ApprovedCall.current().idempotencyKey());
          return keys.size() == 1 ? RemoteTools.error("no answer") : RemoteTools.text("done");
        });
    GuardWorld<BankTools> world =
        world(Duration.ZERO, settings("transfer", rules(MESSAGE, "", true)));

    CallState end = end(world, call(guarded(world), "transfer", ARGUMENTS));

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(keys).hasSize(2).containsOnly(end.id());
  }

  @Test
  void believesAToolThatSaysThatItHasDoneNothing() {
    remote.with(
        "transfer",
        TRANSFER,
        (_, _) -> {
          if (remote.called.size() == 1) {
            throw new ToolExecutionException(new NotDoneException("closed"));
          }
          return RemoteTools.text("done");
        });
    GuardWorld<BankTools> world = world(Duration.ZERO, settings());

    assertThat(end(world, call(guarded(world), "transfer", ARGUMENTS)).status())
        .isEqualTo(CallStatus.DONE);
    assertThat(remote.called).hasSize(2);
  }

  @Test
  void asksAfreshWhenAToolSaysThatTheTokenIsNotAccepted() {
    remote.with(
        "transfer",
        TRANSFER,
        (_, _) -> {
          if (remote.called.size() == 1) {
            throw new ToolExecutionException(
                new TokenNotAcceptedException("The bank answered 401"));
          }
          return RemoteTools.text("done");
        });
    GuardWorld<BankTools> world = world(Duration.ZERO, settings());

    assertThat(end(world, call(guarded(world), "transfer", ARGUMENTS)).status())
        .isEqualTo(CallStatus.DONE);
    assertThat(remote.called).hasSize(2);
    assertThat(world.provider.rings()).hasSize(2);
  }

  @Test
  void givesTheTokenToWhatSendsTheCallOnly() {
    List<Optional<String>> tokens = new CopyOnWriteArrayList<>();
    remote.with(
        "transfer",
        TRANSFER,
        (_, context) -> {
          tokens.add(GuardedTools.approvedCall(context).map(ApprovedCall::token));
          tokens.add(Optional.ofNullable(ApprovedCall.current().token()));
          return RemoteTools.text("the token is " + tokens.getFirst().orElse(""));
        });
    GuardWorld<BankTools> world = world(settings());

    ToolExecutionResult result = call(guarded(world), "transfer", ARGUMENTS);

    assertThat(tokens).hasSize(2).allMatch(Optional::isPresent);
    assertThat(tokens.getFirst()).isEqualTo(tokens.getLast());
    assertThat(result.resultText()).isEqualTo("the token is [token]");
    assertThat(GuardedTools.approvedCall(null)).isEmpty();
    assertThat(GuardedTools.approvedCall(InvocationContext.builder().build())).isEmpty();
  }
}
