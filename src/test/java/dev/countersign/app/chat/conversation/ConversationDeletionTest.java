package dev.countersign.app.chat.conversation;

import static dev.countersign.app.chat.conversation.ConversationTestBed.ALICE;
import static dev.countersign.app.chat.conversation.ConversationTestBed.HEADPHONES;
import static dev.countersign.app.chat.conversation.ConversationTestBed.callId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.guard.CallStatus;
import io.temporal.common.metadata.POJOWorkflowInterfaceMetadata;
import io.temporal.common.metadata.POJOWorkflowMethodMetadata;
import io.temporal.common.metadata.WorkflowMethodType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left when a user has deleted a conversation: nothing of it, and all of its purchases. */
@Timeout(60)
class ConversationDeletionTest {
  private static final Set<WorkflowMethodType> ANSWERED =
      EnumSet.of(WorkflowMethodType.QUERY, WorkflowMethodType.UPDATE);

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
  void isGoneForWhateverIsAskedWhileItIsBeingRemoved() {
    var latch = new CountDownLatch(1);
    bed.deletion.holds(latch);
    bed.model.says("Hello.");
    String conversation = bed.begin("Hello").conversationId();
    bed.conversations().delete(ALICE, conversation);

    Conversations conversations = bed.conversations();
    assertThat(
            List.<ThrowingCallable>of(
                () -> conversations.state(ALICE, conversation),
                () -> conversations.rename(ALICE, conversation, "Hers"),
                () -> conversations.stop(ALICE, conversation, 1),
                () -> bed.goOn(conversation, "Hello again")))
        .allSatisfy(
            asked -> assertThatThrownBy(asked).isInstanceOf(ConversationNotFoundException.class));
    latch.countDown();
    bed.awaitEnd(conversation);
  }

  @Test
  void answersWhateverAConversationDoes() {
    assertThat(handlers(ForgottenConversation.class))
        .containsAll(handlers(ConversationWorkflow.class));
  }

  private static Set<String> handlers(Class<?> workflow) {
    POJOWorkflowInterfaceMetadata metadata = POJOWorkflowInterfaceMetadata.newInstance(workflow);
    return metadata.getMethodsMetadata().stream()
        .filter(method -> ANSWERED.contains(method.getType()))
        .map(POJOWorkflowMethodMetadata::getName)
        .collect(Collectors.toSet());
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
