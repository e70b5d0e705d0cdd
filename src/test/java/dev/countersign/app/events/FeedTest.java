package dev.countersign.app.events;

import static dev.countersign.guard.CallStatus.AWAITING_APPROVAL;
import static dev.countersign.guard.CallStatus.DONE;
import static dev.countersign.guard.CallStatus.OUTCOME_UNKNOWN;
import static dev.countersign.guard.CallStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.countersign.app.api.Caller;
import dev.countersign.app.call.CallView;
import dev.countersign.app.chat.conversation.ConversationNotFoundException;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FeedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Caller ALICE = new Caller("alice");

  private final ScriptedConversation conversation = new ScriptedConversation();
  private final Feeds feeds = new Feeds((_, _) -> conversation);

  @BeforeEach
  void start() {
    feeds.start();
  }

  @AfterEach
  void stop() {
    feeds.stop();
  }

  /** The first state that is so, as a viewer meets it. */
  private static Snapshot awaitSnapshot(Feed feed, Predicate<Snapshot> wanted)
      throws InterruptedException {
    @Nullable Snapshot seen = null;
    while (true) {
      Snapshot now = feed.awaitOther(seen, PATIENCE);
      if (now.equals(seen)) {
        throw new AssertionError("Nothing but " + seen);
      }
      if (wanted.test(now)) {
        return now;
      }
      seen = now;
    }
  }

  private static List<CallStatus> statuses(Snapshot snapshot) {
    return snapshot.calls().stream().map(CallView::status).toList();
  }

  @Test
  void showsWhatIsThereAtOnce() throws InterruptedException {
    conversation.says().buys("p1", DONE);

    try (Feeds.View view = feeds.open(ALICE, ScriptedConversation.ID)) {
      Snapshot first = view.feed().awaitOther(null, Duration.ZERO);
      assertThat(first.messages()).hasSize(1);
      assertThat(statuses(first)).containsExactly(DONE);
    }
  }

  @Test
  void showsMessagesAndPurchasesAsTheyChange() throws InterruptedException {
    try (Feeds.View view = feeds.open(ALICE, ScriptedConversation.ID)) {
      conversation.says();
      awaitSnapshot(view.feed(), now -> now.lastMessage() == 1);
      conversation.buys("p1", AWAITING_APPROVAL);
      awaitSnapshot(view.feed(), now -> statuses(now).equals(List.of(AWAITING_APPROVAL)));
      conversation.buys("p1", DONE);
      awaitSnapshot(view.feed(), now -> statuses(now).equals(List.of(DONE)));
      await().atMost(PATIENCE).until(() -> conversation.waiting() == 1); // the conversation only
    }
  }

  @Test
  void showsThatAnUnknownOutcomeHasBecomeClear() throws InterruptedException {
    conversation.buys("p1", OUTCOME_UNKNOWN);
    try (Feeds.View view = feeds.open(ALICE, ScriptedConversation.ID)) {
      awaitSnapshot(view.feed(), now -> statuses(now).equals(List.of(OUTCOME_UNKNOWN)));
      conversation.buys("p1", DONE);
      awaitSnapshot(view.feed(), now -> statuses(now).equals(List.of(DONE)));
      await().atMost(PATIENCE).until(() -> conversation.waiting() == 1); // the conversation only
    }
  }

  @Test
  void watchesOnceForAllViewersUntilTheLastHasLeft() throws InterruptedException {
    conversation.buys("p1", AWAITING_APPROVAL);
    Feeds.View first = feeds.open(ALICE, ScriptedConversation.ID);
    Feeds.View second = feeds.open(ALICE, ScriptedConversation.ID);
    await().atMost(PATIENCE).until(() -> conversation.waiting() == 2);
    assertThat(conversation.histories()).as("of the conversation and the purchase").isEqualTo(2);

    first.close();
    conversation.says();
    awaitSnapshot(second.feed(), now -> now.lastMessage() == 1);
    second.close();
    await().atMost(PATIENCE).until(() -> conversation.waiting() == 0);
  }

  @Test
  void goesOnWhenNobodyAnsweredForAWhile() throws InterruptedException {
    try (Feeds.View view = feeds.open(ALICE, ScriptedConversation.ID)) {
      conversation.failsToAnswer(2).says();

      awaitSnapshot(view.feed(), now -> now.lastMessage() == 1);
      assertThat(conversation.looks()).as("one at first, two in vain, one at last").isEqualTo(4);
    }
  }

  @Test
  void showsASilentPurchaseAsFarAsItIsKnownUntilItSpeaks() throws InterruptedException {
    conversation.says().buys("p1", DONE).fallsSilent("p1");

    try (Feeds.View view = feeds.open(ALICE, ScriptedConversation.ID)) {
      Snapshot first = view.feed().awaitOther(null, Duration.ZERO);
      assertThat(statuses(first)).containsExactly(DONE);
      assertThat(first.versions()).as("it says none itself").isZero();

      conversation.speaks();
      assertThat(awaitSnapshot(view.feed(), now -> now.versions() == 1).calls()).hasSize(1);
      await().atMost(PATIENCE).until(() -> conversation.waiting() == 1); // the conversation only
    }
  }

  @Test
  void keepsWhatAPurchaseSaidWhileItIsSilent() throws InterruptedException {
    conversation.buys("p1", AWAITING_APPROVAL);
    try (Feeds.View view = feeds.open(ALICE, ScriptedConversation.ID)) {
      await().atMost(PATIENCE).until(() -> conversation.waiting() == 2);
      int looks = conversation.looks();

      conversation.fallsSilent("p1");
      await().atMost(PATIENCE).until(() -> conversation.looks() > looks);
      assertThat(view.feed().awaitOther(null, Duration.ZERO).versions()).isEqualTo(1);

      conversation.speaks().buys("p1", DONE);
      awaitSnapshot(view.feed(), now -> statuses(now).equals(List.of(DONE)));
    }
  }

  @Test
  void showsThatNobodyAnswersForAPurchaseWhoseTimeIsOver() throws InterruptedException {
    conversation.buys("p1", AWAITING_APPROVAL).buys("p2", RUNNING);
    try (Feeds.View view = feeds.open(ALICE, ScriptedConversation.ID)) {
      await().atMost(PATIENCE).until(() -> conversation.waiting() == 3);

      conversation.isOverdue("p2").isOverdue("p1");
      Snapshot overdue = awaitSnapshot(view.feed(), now -> now.versions() == 1);
      assertThat(statuses(overdue)).containsExactly(AWAITING_APPROVAL, RUNNING);
      assertThat(overdue.calls())
          .extracting(CallView::code)
          .as("what runs can't be approved any more")
          .containsExactly(CallState.NO_ANSWER, null);

      conversation.speaks().buys("p1", DONE);
      awaitSnapshot(view.feed(), now -> statuses(now).equals(List.of(DONE, RUNNING)));
    }
  }

  @Test
  void showsChangesLateWhereWaitingForThemIsNotPossible() throws InterruptedException {
    conversation.refusesToWait();
    try (Feeds.View view = feeds.open(ALICE, ScriptedConversation.ID)) {
      conversation.says();
      awaitSnapshot(view.feed(), now -> now.lastMessage() == 1);
      conversation.says();
      awaitSnapshot(view.feed(), now -> now.lastMessage() == 2);
      assertThat(conversation.looks()).as("no busy loop").isLessThan(20);
    }
  }

  @Test
  void endsWithTheConversation() throws InterruptedException {
    try (Feeds.View view = feeds.open(ALICE, ScriptedConversation.ID)) {
      conversation.ends();

      assertThat(awaitSnapshot(view.feed(), Snapshot::ended).messages()).isEmpty();
    }
  }

  @Test
  void endsWhenTheConversationIsNotThereAnyMore() throws InterruptedException {
    conversation.says();
    try (Feeds.View view = feeds.open(ALICE, ScriptedConversation.ID)) {
      conversation.vanishes();

      assertThat(awaitSnapshot(view.feed(), Snapshot::ended).messages()).hasSize(1);
    }
  }

  @Test
  void watchesNothingWhenTheConversationIsNotThere() {
    conversation.vanishes();

    assertThatThrownBy(() -> feeds.open(ALICE, ScriptedConversation.ID))
        .isInstanceOf(ConversationNotFoundException.class);
    assertThat(conversation.waiting()).isZero();
  }

  /** The web server takes requests a moment before the start. */
  @Test
  void letsNobodyGoWhoComesBeforeTheStart() {
    Feeds starting = new Feeds((_, _) -> conversation);

    try (Feeds.View view = starting.open(ALICE, ScriptedConversation.ID)) {
      assertThat(view.feed().isStopped()).isFalse();
      starting.start();
      assertThat(view.feed().isStopped()).isFalse();
    }
  }

  @Test
  void letsWhoComesAfterTheStopGoAtOnce() {
    feeds.stop();

    try (Feeds.View view = feeds.open(ALICE, ScriptedConversation.ID)) {
      assertThat(view.feed().isStopped()).isTrue();
    }
  }

  @Test
  void letsViewersGoAtShutdown() throws InterruptedException {
    try (Feeds.View view = feeds.open(ALICE, ScriptedConversation.ID)) {
      Snapshot seen = view.feed().awaitOther(null, PATIENCE);
      Thread viewer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  view.feed().awaitOther(seen, Duration.ofHours(1));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });

      feeds.stop();

      assertThat(viewer.join(PATIENCE)).isTrue();
      assertThat(view.feed().isStopped()).isTrue();
      await().atMost(PATIENCE).until(() -> conversation.waiting() == 0);
    }
  }
}
