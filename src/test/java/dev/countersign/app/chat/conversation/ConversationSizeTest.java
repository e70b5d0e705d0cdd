package dev.countersign.app.chat.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.chat.conversation.ConversationWorkflow.ConversationInput;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.app.chat.transcript.Stored;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.guard.CallEnded;
import dev.countersign.guard.CallNotice;
import dev.countersign.guard.CallStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a conversation takes along when it continues as new: Temporal ends it beyond 2 MB. */
class ConversationSizeTest {
  private static final String ID = "c-4a761a4752f6b74491860f50fc7d4fa9-" + "0".repeat(32);
  private static final String CALL = "shop_online-" + "0".repeat(32) + "-" + "0".repeat(32) + "-";
  private static final int TEMPORALS_END = 2 * 1024 * 1024;
  private static final int ROUNDS = 3;

  private final Conversation conversation = new Conversation(ID, ConversationMemory.none());

  private void say(ChatRole role, String text) {
    conversation.say(role, text, Instant.EPOCH, null, null);
  }

  @Test
  void isFullAt500Messages() {
    for (int i = 0; i < 499; i++) {
      say(ChatRole.USER, "Hello");
    }
    assertThat(conversation.isFull()).isFalse();

    say(ChatRole.ASSISTANT, "Hello.");

    assertThat(conversation.isFull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "€", "😀", "\"", "\\", "\u0001"})
  void isFullAt512KilobytesAsTheyAreStored(String character) {
    while (!conversation.isFull()) {
      say(ChatRole.USER, character.repeat(1_000));
    }

    assertThat(Stored.bytes(conversation.memory())).isBetween(520_000, 540_000);
  }

  /** As much as users, models, providers and shops can say, with many purchases pending. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "€", "😀", "\"", "\u0001"})
  void neverTakesMoreThanTemporalDoes(String character) {
    String much = character.repeat(4_000 / character.length());
    List<String> purchases = new ArrayList<>();
    for (int turn = 1; !conversation.isFull(); turn++) {
      int before = conversation.callCount();
      say(ChatRole.USER, turn % 3 == 0 ? much : "Buy");
      for (int round = 0; round < (turn % 3 == 0 ? ROUNDS : 1); round++) {
        purchases.addAll(buyFive(character));
        if (turn % 3 == 0) {
          callWrongly(much);
        }
      }
      say(ChatRole.ASSISTANT, turn % 3 == 0 ? Stored.cut(much.repeat(10), 32_000) : "Done.");
      conversation.answered("k".repeat(32) + turn, 1, before);
    }
    assertThat(purchases).hasSizeGreaterThan(20);

    for (String purchase : purchases) {
      for (int i = 0; i < 20; i++) {
        conversation.hear(new CallNotice(purchase, much));
      }
      conversation.hear(ended(purchase, much));
    }
    assertThat(input()).as("with all news to tell").isLessThan(TEMPORALS_END);
    tellAll();
    assertThat(input()).as("with all news told").isLessThan(TEMPORALS_END);
  }

  private List<String> buyFive(String character) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String id = CALL + conversation.nextCall();
      conversation.callsAsked(1);
      String product = character.repeat(100 / character.length());
      var call =
          new GuardedToolCall(
              "id-" + id.substring(CALL.length()),
              "shop_online",
              "{\"product\":\"" + product + "\"}");
      conversation.transcript().toolsCalled(null, List.of(call), null);
      conversation.transcript().toolReturned(call, Sentences.approvalRequested(product));
      conversation.callStarted(id);
      ids.add(id);
    }
    return ids;
  }

  private void callWrongly(String much) {
    List<ToolCall> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      calls.add(
          new InvalidCall(
              "x".repeat(40),
              "shop_online",
              Stored.cut(much, 2_000),
              Stored.cut(much, 1_200),
              Stored.cut(much, 1_200),
              false));
    }
    conversation.transcript().toolsCalled(Stored.cut(much.repeat(10), 32_000), calls, null);
    int lists = 3;
    for (ToolCall call : calls) {
      String result = Stored.cut(much.repeat(3), lists-- > 0 ? 12_000 : 1_200);
      conversation.transcript().toolReturned(call, result);
    }
  }

  private static CallEnded ended(String id, String much) {
    return new CallEnded(id, "shop_online", much, much, CallStatus.REJECTED, much, much, null);
  }

  private void tellAll() {
    while (conversation.hasNews()) {
      CallNotice notice = conversation.nextNotice();
      if (notice != null) {
        conversation.say(ChatRole.ASSISTANT, notice.text(), Instant.EPOCH, notice.callId(), null);
      }
      CallEnded ended = conversation.nextOutcome();
      if (ended != null) {
        conversation.outcome(ended);
        conversation.say(ChatRole.ASSISTANT, ended.sentence(), Instant.EPOCH, ended.callId(), null);
      }
    }
  }

  private int input() {
    return Stored.bytes(new ConversationInput("auth0|alice", null, conversation.memory()));
  }
}
