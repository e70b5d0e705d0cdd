package dev.countersign.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.guard.CallAnswer;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.CallUser;
import dev.countersign.guard.CoveredBy;
import dev.countersign.guard.GuardWorld;
import dev.countersign.guard.Remember;
import dev.countersign.guard.RequiresApproval;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Guarded methods in Spring AI's own loop. */
class GuardedToolCallbacksTest {
  private static final String ARGUMENTS = "{\"amount\": 12.5, \"iban\": \"DE1\"}";
  private static final String ASKED =
      " asked to approve this on their device: \"Transfer 12.5 EUR to DE1\". It has not been done;"
          + " it will be done once they approve, without another call.";
  private static final String YOU_ARE_ASKED =
      "You are asked to approve this on your device: \"Transfer 12.5 EUR to DE1\". Nothing is"
          + " done before you do.";

  private final List<CallAnswer> answers = new CopyOnWriteArrayList<>();
  private @Nullable GuardWorld<BankTools> world;

  static class BankTools {
    final List<String> booked = new CopyOnWriteArrayList<>();

    @Tool(description = "Transfer money")
    @RequiresApproval(message = "Transfer {amount} EUR to {iban}[ for {purpose}]")
    String transfer(
        BigDecimal amount,
        @ToolParam(description = "where to") String iban,
        @ToolParam(required = false) @Nullable String purpose) {
      booked.add(amount + " to " + iban);
      return "booked " + amount;
    }

    @Tool(name = "close-account", description = "Close an account", returnDirect = true)
    @RequiresApproval(name = "close_account", message = "Close {iban}")
    void close(String iban) {
      booked.add("closed " + iban);
    }

    @RequiresApproval(message = "Count to {most}")
    int count(int most) {
      return most;
    }

    @Tool(description = "Look at an account")
    String balance() {
      return "100";
    }
  }

  static class Agenda {
    @Tool(description = "Today's appointments")
    String appointments() {
      return "none";
    }
  }

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  private GuardWorld<BankTools> world(Duration await) {
    GuardWorld<BankTools> made = new GuardWorld<>(BankTools.class, await);
    made.provider.approvesAfter(Duration.ofMinutes(2));
    world = made;
    return made;
  }

  private GuardWorld<BankTools> world() {
    return world(Duration.ZERO);
  }

  private GuardedToolCallbacks callbacks(GuardWorld<BankTools> world) {
    return new GuardedToolCallbacks(world.calls, world.approvers(), world.tools)
        .telling(answers::add);
  }

  private static @Nullable String chat(ScriptedModel model, Object... tools) {
    return ChatClient.create(model).prompt("Do it").tools(tools).call().content();
  }

  private List<String> ids() {
    return answers.stream().map(CallAnswer::callId).toList();
  }

  private static ScriptedModel transferring() {
    return ScriptedModel.calling("transfer", ARGUMENTS);
  }

  @Test
  void saysAtOnceThatTheUserIsAsked() {
    GuardWorld<BankTools> world = world();

    assertThat(chat(transferring(), (Object) callbacks(world).of(world.bean))).endsWith(ASKED);

    assertThat(world.bean.booked).isEmpty();
    assertThat(world.end(ids().getFirst()).status()).isEqualTo(CallStatus.DONE);
    assertThat(world.bean.booked).containsExactly("12.5 to DE1");
  }

  @Test
  void guardsABeanThatIsGivenAsItIs() {
    GuardWorld<BankTools> world = world();
    ScriptedModel model = transferring();

    assertThat(chat(model, world.bean)).endsWith(ASKED);

    assertThat(model.offered).containsExactlyInAnyOrder("transfer", "close-account", "balance");
    assertThat(world.bean.booked).isEmpty();
    chat(transferring(), (Object) callbacks(world).of(world.bean)); // equal, so that it is the same
    assertThat(world.end(ids().getFirst()).status()).isEqualTo(CallStatus.DONE);
    assertThat(world.bean.booked).containsExactly("12.5 to DE1");
    assertThat(world.provider.rings()).hasSize(1);
  }

  @Test
  void asksOnceHoweverOftenAModelInsists() {
    GuardWorld<BankTools> world = world();
    ScriptedModel model = ScriptedModel.insisting(5, "transfer", ARGUMENTS);

    assertThat(chat(model, (Object) callbacks(world).of(world.bean))).endsWith(ASKED);

    assertThat(model.told).hasSize(5);
    assertThat(ids()).hasSize(5).containsOnly(ids().getFirst());
    world.end(ids().getFirst());
    assertThat(world.bean.booked).hasSize(1);
  }

  @Test
  void takesATurnThatIsRepeatedForTheSame() {
    GuardWorld<BankTools> world = world();
    GuardedToolCallbacks turn = callbacks(world).keyedBy("turn 1");

    chat(transferring(), (Object) turn.of(world.bean));
    world.end(ids().getFirst());
    String reordered = "{\"iban\":\"DE1\",\"amount\":12.5}";

    assertThat(chat(ScriptedModel.calling("transfer", reordered), (Object) turn.of(world.bean)))
        .isEqualTo("booked 12.5");
    String otherWords = ARGUMENTS.replace("12.5", "12.50"); // which the user has not seen
    assertThat(chat(ScriptedModel.calling("transfer", otherWords), (Object) turn.of(world.bean)))
        .startsWith("This key was used for another call before, \"Transfer 12.5 EUR to DE1\".");
    assertThat(ids()).hasSize(2).containsOnly(ids().getFirst());
    assertThat(world.bean.booked).hasSize(1);
  }

  /** A model words the same differently each time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"amount\": 12.5, \"iban\": \"DE1\", \"purpose\": null}",
        "{\"amount\": \"12.5\", \"iban\": \"DE1\"}",
        "{\"amount\": 12.5, \"iban\": \"DE1\", \"currency\": \"EUR\"}"
      })
  void takesATurnThatIsRepeatedInOtherWordsForTheSame(String again) {
    GuardWorld<BankTools> world = world();
    GuardedToolCallbacks turn = callbacks(world).keyedBy("turn 1");

    chat(transferring(), (Object) turn.of(world.bean));
    world.end(ids().getFirst());

    assertThat(chat(ScriptedModel.calling("transfer", again), (Object) turn.of(world.bean)))
        .isEqualTo("booked 12.5");
    assertThat(ids()).hasSize(2).containsOnly(ids().getFirst());
    assertThat(world.bean.booked).hasSize(1);
  }

  /** Texts that look like equal numbers are other texts. */
  @Test
  void takesForAnotherCallWhatDiffersInATextOfDigits() {
    GuardWorld<BankTools> world = world();
    GuardedToolCallbacks turn = callbacks(world).keyedBy("turn 1");

    chat(
        ScriptedModel.calling("close-account", "{\"iban\": \"1.1\"}"),
        (Object) turn.of(world.bean));
    chat(
        ScriptedModel.calling("close-account", "{\"iban\": \"1.10\"}"),
        (Object) turn.of(world.bean));

    assertThat(ids()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void takesForAnotherCallWhatDiffersInKeyArgumentsOrUser() {
    GuardWorld<BankTools> world = world();
    GuardedToolCallbacks turn = callbacks(world).keyedBy("turn 1");

    chat(transferring(), (Object) turn.of(world.bean));
    chat(transferring(), (Object) turn.keyedBy("turn 2").of(world.bean));
    chat(
        ScriptedModel.calling("transfer", ARGUMENTS.replace("12.5", "9")),
        (Object) turn.of(world.bean));
    chat(transferring(), (Object) turn.asking(new CallUser("bob", null)).of(world.bean));

    assertThat(ids()).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void answersWithTheValueWhenItIsDoneInTime() {
    GuardWorld<BankTools> world = world(Duration.ofMinutes(5));

    assertThat(chat(transferring(), callbacks(world).asProvider())).isEqualTo("booked 12.5");
    assertThat(answers).singleElement().isInstanceOf(CallAnswer.Done.class);
  }

  @Test
  void returnsWordsForTheUserDirectly() {
    GuardWorld<BankTools> world = world();
    ScriptedModel model = transferring();

    assertThat(chat(model, callbacks(world).answeringDirectly().asProvider()))
        .isEqualTo(YOU_ARE_ASKED);
    assertThat(model.told).isEmpty();

    ScriptedModel closing = ScriptedModel.calling("close-account", "{\"iban\": \"DE1\"}");
    assertThat(chat(closing, (Object) callbacks(world).of(world.bean)))
        .startsWith("You are asked to approve this on your device: \"Close DE1\".");
    assertThat(closing.told).isEmpty();
  }

  @Test
  void returnsDirectlyOnlyIfAllToolsDo() {
    GuardWorld<BankTools> world = world();
    ScriptedModel model = transferring().and("balance", "{}");

    chat(model, (Object) callbacks(world).answeringDirectly().of(world.bean));
    assertThat(model.told).containsExactly(YOU_ARE_ASKED, "100");

    ScriptedModel two = transferring().and("transfer", ARGUMENTS.replace("DE1", "DE2"));
    var response =
        ChatClient.create(two)
            .prompt("Do it")
            .tools(callbacks(world).answeringDirectly().asProvider())
            .call()
            .chatResponse();
    assertThat(Objects.requireNonNull(response).getResults())
        .extracting(result -> result.getOutput().getText())
        .containsExactly(YOU_ARE_ASKED, YOU_ARE_ASKED.replace("DE1", "DE2"));
  }

  @Test
  void saysThatTheUserHasRefused() {
    GuardWorld<BankTools> world = world(Duration.ofMinutes(5));
    world.provider.deniesAfter(Duration.ofMinutes(1));

    String words = chat(transferring(), (Object) callbacks(world).of(world.bean));

    assertThat(words).isEqualTo(world.end(ids().getFirst()).toolResult());
    assertThat(answers).singleElement().isInstanceOf(CallAnswer.NotDone.class);
    assertThat(world.bean.booked).isEmpty();
  }

  @Test
  void asksNobodyWhenNobodyIsSignedIn() {
    GuardWorld<BankTools> world = world();
    world.signedIn(null);

    assertThat(chat(transferring(), (Object) callbacks(world).of(world.bean)))
        .isEqualTo("Nobody is signed in who could approve this, so that nothing was done.");
    assertThat(chat(transferring(), world.bean))
        .isEqualTo("Nobody is signed in who could approve this, so that nothing was done.");
    assertThat(world.provider.requests()).isZero();
    assertThat(answers).isEmpty();
  }

  @Test
  void asksWhomItIsToldToInAStream() {
    GuardWorld<BankTools> world = world();
    Thread here = Thread.currentThread();
    GuardedToolCallbacks onThisThread =
        new GuardedToolCallbacks(
            world.calls,
            () ->
                Thread.currentThread().equals(here)
                    ? world.approvers().current()
                    : Optional.empty(),
            world.tools);

    assertThat(streamed(onThisThread.of(world.bean))).startsWith("Nobody is signed in");
    assertThat(streamed(onThisThread.asking(new CallUser("alice", null)).of(world.bean)))
        .endsWith(ASKED);
  }

  private static String streamed(ToolCallback... tools) {
    return String.join(
        "",
        ChatClient.create(transferring()).prompt("Do it").tools((Object) tools).stream()
            .content()
            .toStream()
            .toList());
  }

  @Test
  void asksNobodyForArgumentsThatCannotBe() {
    GuardWorld<BankTools> world = world();
    ScriptedModel model =
        ScriptedModel.calling("transfer", "{\"amount\": \"much\", \"iban\": \"DE1\"}");
    String problem = "Nothing was done, and nobody was asked: amount must be a number.";

    assertThat(chat(model, callbacks(world).asProvider()))
        .isEqualTo(problem + "\nCall the tool again with valid arguments, or ask.");
    assertThat(chat(model, callbacks(world).answeringDirectly().asProvider())).isEqualTo(problem);
    assertThat(world.provider.requests()).isZero();
  }

  @Test
  void saysThatItCannotBeKnownWhetherTheUserIsAsked() {
    GuardWorld<BankTools> world = world();
    GuardedToolCallbacks broken =
        new GuardedToolCallbacks(
            world.calls,
            () -> {
              throw new IllegalStateException("out of order");
            },
            world.tools);

    assertThat(chat(transferring(), broken.asProvider())).startsWith("It can't be known right now");
    assertThat(chat(transferring(), broken.answeringDirectly().asProvider()))
        .isEqualTo(
            "It can't be known right now whether you are going to be asked to approve this on your"
                + " device.");
  }

  @Test
  void describesTheToolsOfABeanAsSpringAiDoes() {
    GuardWorld<BankTools> world = world();

    ToolCallback[] tools = callbacks(world).of(world.bean);

    assertThat(names(tools)).containsExactlyInAnyOrder("close-account", "transfer", "balance");
    assertThat(names(callbacks(world).asProvider().getToolCallbacks()))
        .containsExactly("close-account", "transfer");
    ToolCallback transfer =
        Arrays.stream(tools)
            .filter(tool -> tool.getToolDefinition().name().equals("transfer"))
            .findFirst()
            .orElseThrow();
    assertThat(transfer.getToolDefinition().description()).isEqualTo("Transfer money");
    assertThat(JsonSchema.of(transfer.getToolDefinition().inputSchema()).type().all())
        .containsOnlyKeys("amount", "iban", "purpose");
    assertThat(transfer.call("{\"amount\": 12.5, \"iban\": \"DE1\"}")).endsWith(ASKED);
  }

  private static Stream<String> names(ToolCallback... tools) {
    return Arrays.stream(tools).map(tool -> tool.getToolDefinition().name());
  }

  @Test
  void takesNoBeanWithoutAGuardedTool() {
    GuardedToolCallbacks tools = callbacks(world());

    assertThatThrownBy(() -> tools.of(new Agenda()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("Agenda has no guarded method with @Tool of Spring AI's");
  }

  @Test
  void takesWhateverContextTheChatHas() {
    GuardWorld<BankTools> world = world();

    assertThat(
            ChatClient.create(transferring())
                .prompt("Do it")
                .tools(callbacks(world).asProvider())
                .toolContext(Map.of("tenant", "acme"))
                .call()
                .content())
        .endsWith(ASKED);
  }

  static class Mail {
    @Tool(description = "Read mail")
    @RequiresApproval(message = "Read {mailbox}", remember = Remember.CONVERSATION)
    String read(String mailbox) {
      return "no mail in " + mailbox;
    }
  }

  /** The end of a call that is made with this tool context. */
  private CallState read(GuardWorld<Mail> mails, Map<String, Object> toolContext) {
    GuardedToolCallbacks callbacks =
        new GuardedToolCallbacks(mails.calls, mails.approvers(), mails.tools).telling(answers::add);
    ChatClient.create(ScriptedModel.calling("read", "{\"mailbox\": \"inbox\"}"))
        .prompt("Read my mail")
        .tools((Object) callbacks.of(mails.bean))
        .toolContext(toolContext)
        .call()
        .content();
    return mails.end(answers.getLast().callId());
  }

  @Test
  void approvalCoversEqualCallsInTheConversationOfTheToolContext() {
    try (GuardWorld<Mail> mails = new GuardWorld<>(Mail.class, Duration.ZERO)) {
      mails.provider.approvesAfter(Duration.ofMinutes(1));
      mails.provider.tokensLive(Duration.ofHours(1));
      mails.ticks();
      Map<String, Object> one = Map.of(ChatMemory.CONVERSATION_ID, "one");
      CallState asked = read(mails, one);

      assertThat(read(mails, one).coveredBy()).extracting(CoveredBy::callId).isEqualTo(asked.id());
      assertThat(read(mails, Map.of(ChatMemory.CONVERSATION_ID, "another")).coveredBy()).isNull();
      assertThat(read(mails, Map.of()).coveredBy()).isNull();
      assertThat(read(mails, Map.of()).coveredBy()).isNull(); // nothing is remembered of those
      assertThat(mails.provider.rings()).hasSize(4);
    }
  }
}
