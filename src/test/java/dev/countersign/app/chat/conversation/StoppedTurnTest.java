package dev.countersign.app.chat.conversation;

import static dev.countersign.app.chat.conversation.ConversationTestBed.ALICE;
import static dev.countersign.app.chat.conversation.ConversationTestBed.HEADPHONES;
import static dev.countersign.app.chat.conversation.ConversationTestBed.PHONE;
import static dev.countersign.app.chat.conversation.ConversationTestBed.asked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.guard.ApprovalPolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user wants no more of an answer. */
@Timeout(60)
class StoppedTurnTest {
  private static final String STOPPED = "(You stopped this answer; nothing was started.)";

  @RegisterExtension final ConversationTestBed bed = new ConversationTestBed();

  private final CountDownLatch latch = new CountDownLatch(1);

  @Test
  void keepsWhatHadComeAndSaysThatItWasStopped() throws Exception {
    String conversation = hello();
    bed.model.holds(latch, "Once upon a time");
    CompletableFuture<TurnAnswer> turn = turn(conversation, "Tell me a story");
    awaitAnswering(conversation, 3);

    stop(conversation, 3);
    latch.countDown();

    assertThat(said(turn.get())).isEqualTo("Once upon a time\n\n" + STOPPED);
    assertThat(answering(conversation)).isNull();
    bed.model.says("Of course.");
    assertThat(said(bed.goOn(conversation, "Another one?"))).isEqualTo("Of course.");
  }

  @Test
  void startsNothingThatTheStoppedAnswerAsksFor() throws Exception {
    String conversation = hello();
    bed.model.holds(latch, HEADPHONES);
    CompletableFuture<TurnAnswer> turn = turn(conversation, "Buy 2 headphones");
    awaitAnswering(conversation, 3);

    stop(conversation, 3);
    latch.countDown();

    assertThat(turn.get().callIds()).isEmpty();
    assertThat(said(turn.get())).isEqualTo(STOPPED);
  }

  @Test
  void leavesWhatWasAskedBeforeAndSaysSo() throws Exception {
    String conversation = hello();
    bed.model.buys(HEADPHONES);
    bed.model.holds(latch, "It is done.");
    CompletableFuture<TurnAnswer> turn = turn(conversation, "Buy 2 headphones");
    await().atMost(Duration.ofSeconds(20)).until(() -> bed.model.calls().size() == 3);

    stop(conversation, 3);
    latch.countDown();

    assertThat(turn.get().callIds()).hasSize(1);
    assertThat(said(turn.get()))
        .isEqualTo(
            asked("It is done.") + "\n\n(You stopped this answer; nothing else was started.)");
    assertThat(Objects.requireNonNull(bed.model.calls().getLast().turn()).head())
        .isEqualTo("Your approval is needed: \"Do you want to buy 2 headphones\".");
  }

  /** The first needs no approval and goes on; the second was to be begun after it. */
  @Test
  void beginsNothingMoreOfAReplyWhoseToolsAreBeingRun() throws Exception {
    String conversation = hello();
    bed.policies.add(_ -> ApprovalPolicy.Ruling.notNeeded());
    bed.model.buys(HEADPHONES, PHONE);
    CompletableFuture<TurnAnswer> turn = turn(conversation, "Buy 2 headphones and a phone");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> bed.conversations().state(ALICE, conversation).callIds().size(),
            calls -> calls == 1);

    stop(conversation, 3);

    assertThat(turn.get().callIds()).hasSize(1);
    assertThat(said(turn.get()))
        .contains("I have begun \"Do you want to buy 2 headphones\"")
        .doesNotContain("XYZ phone")
        .endsWith("(You stopped this answer; nothing else was started.)");
    assertThat(bed.model.calls()).hasSize(2);
  }

  @Test
  void dropsWhatTheWordsClaimToHaveBeenDone() throws Exception {
    String conversation = hello();
    bed.model.holds(latch, "Of course. I have ordered 2 lamps.");
    CompletableFuture<TurnAnswer> turn = turn(conversation, "Buy 2 lamps");
    awaitAnswering(conversation, 3);

    stop(conversation, 3);
    latch.countDown();

    assertThat(said(turn.get())).isEqualTo("Of course.\n\n" + STOPPED);
  }

  @Test
  void takesAnAnswerThatOthersCutOffForNone() throws Exception {
    String conversation = hello();
    bed.model.isCutOff("Once upon a");

    assertThat(said(bed.goOn(conversation, "Tell me a story")))
        .isEqualTo("The model can't be reached; nothing was started, please send it again.");
  }

  @Test
  void stopsNoOtherAnswer() throws Exception {
    String conversation = hello();
    bed.model.holds(latch, "Once upon a time.");
    CompletableFuture<TurnAnswer> turn = turn(conversation, "Tell me a story");
    awaitAnswering(conversation, 3);

    stop(conversation, 1);
    stop(conversation, 4);
    latch.countDown();

    assertThat(said(turn.get())).isEqualTo("Once upon a time.");
    stop(conversation, 3);
    assertThat(bed.messages(conversation)).hasSize(4);
  }

  @Test
  void stopsAnAnswerThatNeverCame() throws Exception {
    String conversation = hello();
    CompletableFuture<TurnAnswer> turn;
    bed.model.failsOnce();
    bed.model.holds(latch, "Too late.");
    turn = turn(conversation, "Hello?");
    awaitAnswering(conversation, 3);

    stop(conversation, 3);
    latch.countDown();

    assertThat(said(turn.get())).endsWith(STOPPED);
  }

  private String hello() {
    bed.model.says("Hello.");
    return bed.begin("Hello").conversationId();
  }

  private CompletableFuture<TurnAnswer> turn(String conversation, String message) {
    return CompletableFuture.supplyAsync(() -> bed.goOn(conversation, message));
  }

  private void stop(String conversation, int message) {
    bed.conversations().stop(ALICE, conversation, message);
  }

  private @Nullable Integer answering(String conversation) {
    return bed.conversations().state(ALICE, conversation).answering();
  }

  private void awaitAnswering(String conversation, int message) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Integer.valueOf(message).equals(answering(conversation)));
  }

  private static String said(TurnAnswer answer) {
    return answer.messages().getLast().text();
  }
}
