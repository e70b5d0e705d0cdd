package dev.countersign.app.chat.conversation;

import static dev.countersign.app.chat.conversation.ConversationTestBed.ALICE;
import static dev.countersign.app.chat.conversation.ConversationTestBed.HEADPHONES;
import static dev.countersign.app.chat.conversation.ConversationTestBed.callId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.guard.CallStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left when a user has deleted a conversation: nothing of it, and all of its purchases. */
@Timeout(60)
class ConversationDeletionTest {
  @RegisterExtension final ConversationTestBed bed = new ConversationTestBed();

  @Test
  void endsTheTurnThatRuns() {
    var latch = new CountDownLatch(1);
    bed.model.says("Hello.");
    bed.model.holds(latch, "Too late.");
    String conversation = bed.begin("Hello").conversationId();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var turn = CompletableFuture.supplyAsync(() -> bed.goOn(conversation, "And now?"), threads);
      await().atMost(Duration.ofSeconds(20)).until(() -> bed.model.calls().size() == 2);

      bed.conversations().delete(ALICE, conversation);

      assertThatThrownBy(turn::join).hasCauseInstanceOf(ConversationNotFoundException.class);
      latch.countDown();
    }
  }

  @Test
  void removesTheRunThatWasTheLast() {
    bed.model.says("Hello.");
    String conversation = bed.begin("Hello").conversationId();
    String runId =
        bed.client().newUntypedWorkflowStub(conversation).describe().getExecution().getRunId();

    bed.conversations().delete(ALICE, conversation);

    bed.awaitEnd(conversation);
    assertThat(bed.deletion.runs()).containsExactly(new LastRun(conversation, runId));
  }

  @Test
  void beginsAndBuysNothingByALateRepeatOfTheFirstKey() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone again.");
    var turn = ConversationTestBed.turn("Buy 2 headphones", new IdempotencyKey("first"));
    String conversation = bed.conversations().begin(ALICE, turn).conversationId();

    bed.conversations().delete(ALICE, conversation);

    assertThatThrownBy(() -> bed.conversations().begin(ALICE, turn))
        .isInstanceOf(ConversationNotFoundException.class);
    bed.awaitEnd(conversation);
    assertThatThrownBy(() -> bed.conversations().begin(ALICE, turn))
        .isInstanceOf(ConversationNotFoundException.class);
    assertThat(bed.model.calls()).hasSize(2);
  }

  @Test
  void letsThePurchaseEndWithNobodyToTell() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    String conversation = bed.begin("Buy 2 headphones").conversationId();
    bed.conversations().delete(ALICE, conversation);
    bed.awaitEnd(conversation);

    bed.ends(callId(conversation, 1), CallStatus.DONE, "Created");

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> bed.call(callId(conversation, 1)).status() == CallStatus.DONE);
    assertThat(bed.model.calls()).hasSize(2);
  }

  @Test
  void findsNothingToDeleteASecondTime() {
    bed.model.says("Hello.");
    String conversation = bed.begin("Hello").conversationId();
    bed.conversations().delete(ALICE, conversation);

    assertThatThrownBy(() -> bed.conversations().delete(ALICE, conversation))
        .isInstanceOf(ConversationNotFoundException.class);
    bed.awaitEnd(conversation);
    assertThatThrownBy(() -> bed.conversations().delete(ALICE, conversation))
        .isInstanceOf(ConversationNotFoundException.class);
    assertThat(bed.deletion.runs()).hasSize(1);
  }

  @Test
  void removesWhatAConversationHasLeftThatEndedOtherwise() {
    bed.model.says("Hello.");
    String conversation = bed.begin("Hello").conversationId();
    bed.client().newUntypedWorkflowStub(conversation).terminate("by the test");

    assertThatThrownBy(() -> bed.conversations().delete(ALICE, conversation))
        .isInstanceOf(ConversationNotFoundException.class);

    bed.awaitEnd(conversation);
    assertThat(bed.deletion.runs()).hasSize(1);
  }
}
