package dev.countersign.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.guard.CallStatus;
import dev.countersign.guard.GuardWorld;
import dev.countersign.guard.Remember;
import dev.countersign.guard.RequiresApproval;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedToolsTest {
  private static final String ARGUMENTS = "{\"amount\": 12.5, \"iban\": \"DE1\"}";
  private static final String ASKED =
      " asked to approve this on their device: \"Transfer 12.5 EUR to DE1\". It has not been done;"
          + " it will be done once they approve, without another call.";

  private @Nullable GuardWorld<BankTools> world;

  static class BankTools {
    final List<String> booked = new CopyOnWriteArrayList<>();

    @Tool("Transfer money")
    @RequiresApproval(message = "Transfer {amount} EUR to {iban}[ for {purpose}]")
    String transfer(
        BigDecimal amount,
        @P("where to") String iban,
        @P(value = "what for", required = false) @Nullable String purpose) {
      booked.add(amount + " to " + iban);
      return "booked " + amount;
    }

    @Tool("Close an account")
    @RequiresApproval(name = "close_account", message = "Close {iban} in {days} days")
    void close(@P(name = "account") String iban, @P(defaultValue = "30") int days) {
      booked.add("closed " + iban + " in " + days);
    }

    @Tool("Close all accounts")
    @RequiresApproval(message = "Close all accounts")
    void closeAll() {
      booked.add("closed all");
    }

    @Tool(value = "Lock all accounts", returnBehavior = ReturnBehavior.IMMEDIATE)
    @RequiresApproval(message = "Lock all accounts")
    void lockAll() {
      booked.add("locked all");
    }

    @RequiresApproval(message = "Count to {most}")
    int count(int most) {
      return most;
    }

    @Tool("Look at an account")
    String balance() {
      return "100";
    }
  }

  static class Agenda {
    @Tool("Today's appointments")
    String appointments() {
      return "none";
    }
  }

  interface Assistant {
    String chat(String words);
  }

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  private GuardWorld<BankTools> world(Duration await) {
    GuardWorld<BankTools> made = new GuardWorld<>(BankTools.class, await);
    world = made;
    return made;
  }

  private GuardWorld<BankTools> world() {
    return world(Duration.ZERO);
  }

  private static GuardedTools tools(GuardWorld<BankTools> world) {
    return new GuardedTools(world.calls, world.approvers(), world.tools);
  }

  private static Assistant assistant(GuardWorld<BankTools> world, ScriptedModel model) {
    return AiServices.builder(Assistant.class)
        .chatModel(model)
        .chatMemory(MessageWindowChatMemory.withMaxMessages(100))
        .tools(tools(world).of(world.bean))
        .build();
  }

  private static String callId(ToolExecutionResultMessage result) {
    return String.valueOf(result.attributes().get(GuardedTools.CALL_ID));
  }

  private static String callId(ToolExecutionResult result) {
    return String.valueOf(result.attributes().get(GuardedTools.CALL_ID));
  }

  @Test
  void saysAtOnceThatTheUserIsAsked() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(2));
    ScriptedModel model = new ScriptedModel(ARGUMENTS);

    assertThat(assistant(world, model).chat("Transfer 12.50 to DE1")).endsWith(ASKED);

    assertThat(world.bean.booked).isEmpty();
    assertThat(model.results.getFirst().isError()).isNotEqualTo(true);
    assertThat(world.end(callId(model.results.getFirst())).status()).isEqualTo(CallStatus.DONE);
    assertThat(world.bean.booked).containsExactly("12.5 to DE1");
  }

  @Test
  void takesTheSameIdInTheNextTurnForAnotherCall() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(2));
    ScriptedModel model = new ScriptedModel(ARGUMENTS);
    Assistant assistant = assistant(world, model);

    assistant.chat("Transfer 12.50 to DE1");
    assistant.chat("Once more");

    assertThat(model.results).extracting(GuardedToolsTest::callId).doesNotHaveDuplicates();
    model.results.forEach(result -> world.end(callId(result)));
    assertThat(world.bean.booked).containsExactly("12.5 to DE1", "12.5 to DE1");
  }

  @Test
  void takesWhatIsRunAgainForTheSameCall() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(2));
    UUID invocation = UUID.randomUUID();

    ToolExecutionResult first = run(world, "call_0", invocation, "m", ARGUMENTS);
    ToolExecutionResult again = run(world, "call_0", invocation, "m", ARGUMENTS);
    world.end(callId(first));
    ToolExecutionResult later = run(world, "call_0", invocation, "m", ARGUMENTS);

    assertThat(first.resultText()).endsWith(ASKED);
    assertThat(again.resultText()).endsWith(ASKED);
    assertThat(later.resultText()).isEqualTo("booked 12.5");
    assertThat(List.of(callId(again), callId(later))).containsOnly(callId(first));
    assertThat(world.provider.rings()).hasSize(1);
    assertThat(world.bean.booked).hasSize(1);
  }

  @Test
  void takesForAnotherCallWhatDiffersInAnything() {
    GuardWorld<BankTools> world = world();
    UUID invocation = UUID.randomUUID();
    String first = callId(run(world, "call_0", invocation, "m", ARGUMENTS));

    assertThat(
            List.of(
                first,
                callId(run(world, "call_1", invocation, "m", ARGUMENTS)),
                callId(run(world, "call_0", UUID.randomUUID(), "m", ARGUMENTS)),
                callId(run(world, "call_0", invocation, "n", ARGUMENTS)),
                callId(run(world, "call_0", invocation, "m", "{\"amount\":9,\"iban\":\"DE1\"}"))))
        .doesNotHaveDuplicates();
    world.signedIn("bob");
    assertThat(callId(run(world, "call_0", invocation, "m", ARGUMENTS))).isNotEqualTo(first);
  }

  @Test
  void takesEqualCallsWithoutAnIdForOneWhileItPends() {
    GuardWorld<BankTools> world = world();
    UUID invocation = UUID.randomUUID();

    assertThat(
            List.of(
                callId(run(world, null, invocation, "m", ARGUMENTS)),
                callId(run(world, null, invocation, "m", ARGUMENTS)),
                callId(run(world, "", invocation, "m", ARGUMENTS))))
        .containsOnly(callId(run(world, "", invocation, "m", ARGUMENTS)));
    assertThat(executor(world, "transfer").execute(request("call_0", "transfer", ARGUMENTS), "m"))
        .endsWith(ASKED);
  }

  @Test
  void answersWithTheValueWhenItIsDoneInTime() {
    GuardWorld<BankTools> world = world(Duration.ofMinutes(5));
    world.provider.approvesAfter(Duration.ofMinutes(1));

    assertThat(assistant(world, new ScriptedModel(ARGUMENTS)).chat("Transfer 12.50 to DE1"))
        .isEqualTo("booked 12.5");
  }

  static class Mail {
    @Tool("Read mail")
    @RequiresApproval(message = "Read {mailbox}", remember = Remember.CONVERSATION)
    String read(String mailbox) {
      return "no mail in " + mailbox;
    }
  }

  @Test
  void saysThatAnApprovalInTheSameMemoryCoversIt() {
    try (GuardWorld<Mail> mails = new GuardWorld<>(Mail.class, Duration.ofMinutes(5))) {
      mails.ticks();
      mails.provider.approvesAfter(Duration.ofMinutes(1));
      mails.provider.tokensLive(Duration.ofHours(1));
      ToolExecutor read =
          new GuardedTools(mails.calls, mails.approvers(), mails.tools)
              .of(mails.bean)
              .values()
              .iterator()
              .next();

      assertThat(read(read, "m")).isEqualTo("no mail in inbox");
      assertThat(read(read, "m"))
          .startsWith("no mail in inbox (Not asked again: covered by the user's approval of ");
      assertThat(read(read, "n")).isEqualTo("no mail in inbox");
      assertThat(read(read, "default"))
          .isEqualTo("no mail in inbox"); // AiServices without a memory
      assertThat(read(read, "default")).isEqualTo("no mail in inbox");
      assertThat(mails.provider.rings()).hasSize(4);
    }
  }

  private static String read(ToolExecutor tool, String memory) {
    return tool.executeWithContext(
            request("call_0", "read", "{\"mailbox\": \"inbox\"}"),
            InvocationContext.builder()
                .invocationId(UUID.randomUUID())
                .chatMemoryId(memory)
                .build())
        .resultText();
  }

  @Test
  void saysThatAMethodWithoutAValueIsDone() {
    GuardWorld<BankTools> world = world(Duration.ofMinutes(5));
    world.provider.approvesAfter(Duration.ofMinutes(1));

    assertThat(
            executor(world, "close_account")
                .execute(request("call_0", "close_account", "{\"account\":\"DE1\"}"), "m"))
        .isEqualTo("This is done: \"Close DE1 in 30 days\".");
    assertThat(executor(world, "closeAll").execute(request("call_0", "closeAll", null), "m"))
        .isEqualTo("This is done: \"Close all accounts\".");
    assertThat(world.bean.booked).containsExactly("closed DE1 in 30", "closed all");
  }

  @Test
  void saysThatTheUserHasRefused() {
    GuardWorld<BankTools> world = world(Duration.ofMinutes(5));
    world.provider.deniesAfter(Duration.ofMinutes(1));
    ScriptedModel model = new ScriptedModel(ARGUMENTS);

    String words = assistant(world, model).chat("Transfer 12.50 to DE1");

    assertThat(words).isEqualTo(world.end(callId(model.results.getFirst())).toolResult());
    assertThat(model.results.getFirst().isError()).isTrue();
    assertThat(world.bean.booked).isEmpty();
  }

  @Test
  void speaksToTheUserWhereTheModelHearsNothing() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(2));

    assertThat(executor(world, "lockAll").execute(request("call_0", "lockAll", null), "m"))
        .isEqualTo(
            "You are asked to approve this on your device: \"Lock all accounts\". Nothing is done"
                + " before you do.");
  }

  @Test
  void asksNobodyWhenNobodyIsSignedIn() {
    GuardWorld<BankTools> world = world();
    world.signedIn(null);

    assertThat(assistant(world, new ScriptedModel(ARGUMENTS)).chat("Transfer 12.50 to DE1"))
        .isEqualTo("Nobody is signed in who could approve this, so that nothing was done.");
    assertThat(world.provider.requests()).isZero();
  }

  @Test
  void asksNobodyForArgumentsThatCannotBe() {
    GuardWorld<BankTools> world = world();

    assertThat(
            assistant(world, new ScriptedModel("{\"amount\": \"much\", \"iban\": \"DE1\"}"))
                .chat("Transfer much to DE1"))
        .isEqualTo(
            "Nothing was done, and nobody was asked: amount must be a number.\n"
                + "Call the tool again with valid arguments, or ask.");
    assertThat(assistant(world, new ScriptedModel("twelve")).chat("Transfer"))
        .startsWith("Nothing was done, and nobody was asked");
    assertThat(
            assistant(
                    world,
                    new ScriptedModel("{\"amount\": 1, \"iban\": \"" + "x".repeat(60) + "\"}"))
                .chat("Transfer"))
        .startsWith("Nobody was asked, and nothing was done: the message would have");
    assertThat(world.provider.requests()).isZero();
  }

  @Test
  void saysThatItCannotBeKnownWhetherTheUserIsAsked() {
    GuardWorld<BankTools> world = world();
    GuardedTools tools =
        new GuardedTools(
            world.calls,
            () -> {
              throw new IllegalStateException("out of order");
            },
            world.tools);

    ToolExecutionResult result =
        named(tools.of(world.bean), "transfer")
            .executeWithContext(
                request("call_0", "transfer", ARGUMENTS), context(UUID.randomUUID(), "m"));

    assertThat(result.isError()).isTrue();
    assertThat(result.resultText()).startsWith("It can't be known right now");
  }

  @Test
  void describesTheGuardedToolsOfABean() {
    GuardWorld<BankTools> world = world();

    Map<ToolSpecification, ToolExecutor> tools = tools(world).of(world.bean);

    assertThat(tools.keySet())
        .extracting(ToolSpecification::name)
        .containsExactly("closeAll", "close_account", "lockAll", "transfer");
    ToolSpecification transfer = specification(tools, "transfer");
    assertThat(transfer.description()).isEqualTo("Transfer money");
    assertThat(transfer.parameters().properties()).containsOnlyKeys("amount", "iban", "purpose");
    assertThat(transfer.parameters().required()).containsExactly("amount", "iban");
    ToolSpecification close = specification(tools, "close_account");
    assertThat(close.parameters().properties()).containsOnlyKeys("account", "days");
    assertThat(close.parameters().required()).containsExactly("account");
  }

  @Test
  void takesNoBeanWithoutAGuardedTool() {
    GuardedTools tools = tools(world());

    assertThatThrownBy(() -> tools.of(new Agenda()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("Agenda has no guarded method with @Tool");
  }

  @Test
  void providesAllGuardedTools() {
    GuardWorld<BankTools> world = world(Duration.ofMinutes(5));
    world.provider.approvesAfter(Duration.ofMinutes(1));
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(new ScriptedModel(ARGUMENTS))
            .toolProvider(tools(world).asToolProvider())
            .build();

    assertThat(assistant.chat("Transfer 12.50 to DE1")).isEqualTo("booked 12.5");
  }

  private static ToolSpecification specification(
      Map<ToolSpecification, ToolExecutor> tools, String name) {
    return tools.keySet().stream()
        .filter(tool -> tool.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ToolExecutor named(Map<ToolSpecification, ToolExecutor> tools, String name) {
    return tools.entrySet().stream()
        .filter(tool -> tool.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static ToolExecutor executor(GuardWorld<BankTools> world, String name) {
    return named(tools(world).of(world.bean), name);
  }

  private static ToolExecutionRequest request(
      @Nullable String id, String name, @Nullable String arguments) {
    return ToolExecutionRequest.builder().id(id).name(name).arguments(arguments).build();
  }

  private static InvocationContext context(UUID invocation, String memory) {
    return InvocationContext.builder().invocationId(invocation).chatMemoryId(memory).build();
  }

  private static ToolExecutionResult run(
      GuardWorld<BankTools> world,
      @Nullable String id,
      UUID invocation,
      String memory,
      String arguments) {
    return executor(world, "transfer")
        .executeWithContext(request(id, "transfer", arguments), context(invocation, memory));
  }
}
