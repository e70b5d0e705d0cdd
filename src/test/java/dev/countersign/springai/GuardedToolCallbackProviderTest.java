package dev.countersign.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.approval.FakeProvider;
import dev.countersign.guard.ApprovedCall;
import dev.countersign.guard.CallAnswer;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.GuardWorld;
import dev.countersign.guard.NotDoneException;
import dev.countersign.guard.RefusedException;
import dev.countersign.guard.RememberRules;
import dev.countersign.guard.RequiresApproval;
import dev.countersign.guard.TokenNotAcceptedException;
import dev.countersign.guard.ToolRules;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.ai.tool.metadata.ToolMetadata;

/** Tools of others are guarded by settings. */
class GuardedToolCallbackProviderTest {
  private static final String TRANSFER =
      """
      {"type": "object", "required": ["amount", "iban"], "properties": {
        "amount": {"type": "number"},
        "iban": {"type": "string", "description": "where to"},
        "purpose": {"type": ["string", "null"]}}}
      """;
  private static final String NOTHING = "{\"type\": \"object\", \"properties\": {}}";
  private static final String MESSAGE = "Transfer {amount} EUR to {iban}[ for {purpose}]";
  private static final String ARGUMENTS = "{\"iban\": \"DE1\", \"amount\": 12.50}";

  private final RemoteTools remote = new RemoteTools();
  private final List<CallAnswer> answers = new CopyOnWriteArrayList<>();
  private @Nullable GuardWorld<BankTools> world;

  static class BankTools {
    @RequiresApproval(message = "Close all accounts")
    void closeAll() {}
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

  private static ToolRules rules(String message, boolean idempotent, String... unseen) {
    return new ToolRules(
        message,
        "",
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
    return settings("transfer", rules(MESSAGE, false));
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

  private GuardedToolCallbacks callbacks(GuardWorld<BankTools> world) {
    return new GuardedToolCallbacks(world.calls, world.approvers(), world.tools)
        .telling(answers::add);
  }

  private ToolCallbackProvider guarded(GuardWorld<BankTools> world) {
    return callbacks(world).guarding(remote);
  }

  private static Stream<String> names(ToolCallbackProvider provider) {
    return Arrays.stream(provider.getToolCallbacks()).map(tool -> tool.getToolDefinition().name());
  }

  private static String call(ToolCallbackProvider provider, String tool, String arguments) {
    return Arrays.stream(provider.getToolCallbacks())
        .filter(each -> each.getToolDefinition().name().equals(tool))
        .findFirst()
        .orElseThrow()
        .call(arguments);
  }

  private CallState end(GuardWorld<BankTools> world) {
    return world.end(answers.getLast().callId());
  }

  @Test
  void asksBeforeAToolIsRunThatSettingsName() {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(Duration.ZERO, settings());

    String words =
        ChatClient.create(ScriptedModel.calling("transfer", ARGUMENTS))
            .prompt("Transfer 12.50 to DE1")
            .tools(guarded(world))
            .call()
            .content();

    assertThat(words)
        .contains("asked to approve this on their device: \"Transfer 12.50 EUR to DE1\"");
    assertThat(remote.called).isEmpty();
    CallState end = end(world);
    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.result()).isEqualTo("\"did transfer\"");
    assertThat(remote.called).containsExactly("transfer{\"amount\":12.50,\"iban\":\"DE1\"}");
  }

  @Test
  void leavesAllOtherToolsAsTheyAre() {
    remote.with("transfer", TRANSFER).with("balance", NOTHING);
    GuardWorld<BankTools> world = world(settings());
    ToolCallbackProvider guarded = guarded(world);

    assertThat(names(guarded)).containsExactly("transfer", "balance");
    assertThat(call(guarded, "balance", "{\"whatever\": 1}")).isEqualTo("did balance");
    assertThat(call(guarded, "transfer", ARGUMENTS)).isEqualTo("did transfer");
    assertThat(remote.called).hasSize(2);
    assertThat(world.provider.rings()).hasSize(1);
  }

  @Test
  void guardsSingleToolsToo() {
    record Transfer(int amount, String iban) {}
    List<Transfer> done = new CopyOnWriteArrayList<>();
    ToolCallback transfer =
        FunctionToolCallback.builder(
                "transfer",
                (Transfer given) -> {
                  done.add(given);
                  return "booked";
                })
            .description("Transfer money")
            .inputType(Transfer.class)
            .toolMetadata(ToolMetadata.builder().returnDirect(true).build())
            .build();
    GuardWorld<BankTools> world =
        world(Duration.ZERO, settings("transfer", rules("Transfer {amount} EUR to {iban}", false)));
    ToolCallbackProvider guarded = callbacks(world).guarding(transfer);

    assertThat(guarded.getToolCallbacks())
        .singleElement()
        .satisfies(tool -> {
          assertThat(tool.getToolDefinition()).isEqualTo(transfer.getToolDefinition());
          assertThat(tool.getToolMetadata().returnDirect()).isTrue();
        });
    assertThat(call(guarded, "transfer", "{\"amount\": 5, \"iban\": \"DE1\"}"))
        .startsWith("You are asked to approve this");
    assertThat(end(world).status()).isEqualTo(CallStatus.DONE);
    assertThat(done).containsExactly(new Transfer(5, "DE1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"amount": 1, "iban": "DE1", "to": "DE2"} | to is no argument
          {"amount": 1}                             | iban is missing
          {"amount": "much", "iban": "DE1"}         | amount must be a number
          [1]                                       | The arguments are not a JSON object
          """)
  void asksNobodyForArgumentsThatCannotBe(String arguments, String problem) {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(settings());

    assertThat(call(guarded(world), "transfer", arguments))
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
        world(settings("transfer", rules("Transfer {amount} EUR", false, "purpose")));

    assertThat(names(guarded(world))).containsExactly("balance");
    assertThat(world.tools.askSources())
        .singleElement()
        .asString()
        .startsWith("The argument iban of countersign.tools.transfer would be approved unseen");
  }

  /** As Spring AI renames a tool of an MCP server whose name is taken, or that has changed. */
  @Test
  void keepsFromTheModelWhatWasRenamedPastItsSetting() {
    remote
        .with("transfer", TRANSFER)
        .with("alt_1_transfer", TRANSFER)
        .with("alt_2_balance", NOTHING);
    GuardWorld<BankTools> world = world(settings());
    ToolCallbackProvider guarded = guarded(world);

    assertThat(names(guarded)).containsExactly("transfer", "alt_2_balance");
    assertThat(world.tools.askSources())
        .containsExactly(
            "countersign.tools.transfer is said of a tool that is offered as alt_1_transfer, since two"
                + " have that name: rename one where they are provided.");
  }

  @Test
  void knowsAToolByANameOfLettersDigitsAndUnderscores() {
    remote.with("bank.transfer-money", TRANSFER);
    GuardWorld<BankTools> world = world(settings("bank_transfer_money", rules(MESSAGE, false)));

    call(guarded(world), "bank.transfer-money", ARGUMENTS);

    assertThat(end(world).tool()).isEqualTo("bank_transfer_money");
    assertThat(remote.called).hasSize(1).first().asString().startsWith("bank.transfer-money{");
  }

  @Test
  void isInNobodysWayWhileItIsAwayAtStartUp() {
    remote.with("transfer", TRANSFER).awayTimes.set(1);
    GuardWorld<BankTools> world = world(settings());
    ToolCallbackProvider guarded = guarded(world);

    assertThat(guarded.getToolCallbacks()).isEmpty();
    assertThat(names(guarded)).containsExactly("transfer");
    world.tools.complete();
    remote.awayTimes.set(1);
    assertThatThrownBy(guarded::getToolCallbacks).hasMessage("The server is away");
  }

  @Test
  void takesNoFurtherProviderOnceTheApplicationHasStarted() {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(settings());
    ToolCallbackProvider guarded = guarded(world);
    world.tools.complete();

    assertThat(call(callbacks(world).keyedBy("turn 1").guarding(remote), "transfer", ARGUMENTS))
        .isEqualTo("did transfer");
    assertThat(call(callbacks(world).keyedBy("turn 1").guarding(guarded), "transfer", ARGUMENTS))
        .isEqualTo("did transfer");
    assertThat(remote.called).hasSize(1);
    assertThatThrownBy(() -> callbacks(world).guarding(new RemoteTools()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("while beans are made");
  }

  @Test
  void isRunByAProcessThatHasNeverOfferedIt() {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(settings());
    guarded(world);
    GuardWorld.OtherProcess caller = world.otherProcess(settings());
    ToolCallbackProvider offering =
        new GuardedToolCallbacks(caller.calls(), world.approvers(), caller.tools())
            .telling(answers::add)
            .guarding(remote);

    call(offering, "transfer", ARGUMENTS);
    remote.awayTimes.set(2);

    assertThat(end(world).status()).isEqualTo(CallStatus.DONE);
    assertThat(remote.awayTimes).hasValue(0);
    assertThat(remote.called).hasSize(1);
    assertThat(world.provider.rings()).hasSize(1);
  }

  @Test
  void runsNothingThatHasChangedSinceItWasApproved() {
    remote.with("transfer", TRANSFER);
    GuardWorld<BankTools> world = world(Duration.ZERO, settings());
    ToolCallbackProvider guarded = guarded(world);

    call(guarded, "transfer", ARGUMENTS);
    remote.with("transfer", TRANSFER.replace("where to", "where from"));

    CallState end = end(world);
    assertThat(end.status()).isEqualTo(CallStatus.FAILED);
    assertThat(end.code()).isEqualTo("not_done");
    assertThat(remote.called).isEmpty();
  }

  @Test
  void takesAFailureForAnUnknownOutcomeAndLetsNoTokenThrough() {
    remote.with(
        "transfer",
        TRANSFER,
        (_, _) -> {
          throw new ToolExecutionException(
              remote.getToolCallbacks()[0].getToolDefinition(),
              new IllegalStateException("no answer for " + FakeProvider.ACCESS_TOKEN));
        });
    GuardWorld<BankTools> world = world(Duration.ZERO, settings());

    call(guarded(world), "transfer", ARGUMENTS);

    CallState end = end(world);
    assertThat(end.status()).isEqualTo(CallStatus.OUTCOME_UNKNOWN);
    assertThat(world.historyText(end.id()))
        .contains("no answer for [token]")
        .doesNotContain(FakeProvider.ACCESS_TOKEN);
    assertThat(remote.called).hasSize(1);
  }

  @Test
  void believesCodeThatSaysWhetherItHasDoneAnything() {
    remote.with(
        "transfer",
        TRANSFER,
        (_, _) -> {
          throw new ToolExecutionException(
              remote.getToolCallbacks()[0].getToolDefinition(),
              remote.called.size() == 1
                  ? new NotDoneException("closed")
                  : new RefusedException("The account is blocked"));
        });
    GuardWorld<BankTools> world = world(Duration.ZERO, settings());

    call(guarded(world), "transfer", ARGUMENTS);

    assertThat(end(world).status()).isEqualTo(CallStatus.REJECTED);
    assertThat(remote.called).hasSize(2);
  }

  @Test
  void asksAfreshWhenCodeSaysThatTheTokenIsNotAccepted() {
    remote.with(
        "transfer",
        TRANSFER,
        (_, _) -> {
          if (remote.called.size() == 1) {
            throw new ToolExecutionException(
                remote.getToolCallbacks()[0].getToolDefinition(),
                new TokenNotAcceptedException("The bank answered 401"));
          }
          return "booked";
        });
    GuardWorld<BankTools> world = world(Duration.ZERO, settings());

    call(guarded(world), "transfer", ARGUMENTS);

    assertThat(end(world).status()).isEqualTo(CallStatus.DONE);
    assertThat(remote.called).hasSize(2);
    assertThat(world.provider.rings()).hasSize(2);
  }

  /** An MCP client sends all of a tool's context to the server. */
  @Test
  void putsTheKeyIntoTheContextAndTheTokenNowhere() {
    List<Map<String, Object>> contexts = new CopyOnWriteArrayList<>();
    List<ApprovedCall> approvals = new CopyOnWriteArrayList<>();
    remote.with(
        "transfer",
        TRANSFER,
        (_, context) -> {
          contexts.add(context);
          approvals.add(ApprovedCall.currentIfAny().orElseThrow());
          return "the token is " + ApprovedCall.current().token();
        });
    GuardWorld<BankTools> world = world(settings());

    assertThat(call(guarded(world), "transfer", ARGUMENTS)).isEqualTo("the token is [token]");

    assertThat(contexts)
        .containsExactly(Map.of("dev.countersign/idempotency-key", answers.getLast().callId()));
    assertThat(approvals)
        .singleElement()
        .satisfies(approved -> assertThat(approved.token()).isEqualTo(FakeProvider.ACCESS_TOKEN));
    assertThat(ApprovedCall.currentIfAny()).isEmpty();
  }
}
