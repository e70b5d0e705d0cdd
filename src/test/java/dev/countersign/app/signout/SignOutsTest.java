package dev.countersign.app.signout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.app.signout.SignOut.What;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one process knows of sign-outs. */
class SignOutsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final long LATER = 1_030_000;

  private final AtomicLong nanoTime = new AtomicLong();
  private final SharedSignOuts shared = new SharedSignOuts();
  private final SignOuts here = process();
  private final SignOuts there = process();

  private SignOuts process() {
    return new SignOuts(shared, InstantSource.fixed(NOW), nanoTime::get);
  }

  private static SignedIn session(String id, @Nullable String sid, String user, long since) {
    return new SignedIn(id, sid, user, since);
  }

  @Test
  void oneMadeHereIsKnownHereAtOnceAndThereWhenItAsks() {
    here.add(new SignOut(What.SESSION, "s1", 10, LATER, null));

    SignedIn ended = session("s1", null, "alice", 10);
    assertThat(here.haveEnded(ended)).isTrue();
    assertThat(there.haveEnded(ended)).isFalse();
    there.refresh();
    assertThat(there.haveEnded(ended)).isTrue();
    assertThat(there.haveEnded(session("s2", null, "alice", 10))).isFalse();
  }

  @Test
  void aUsersSessionsEndUpToThatTime() {
    here.add(new SignOut(What.USER, "alice", 20, LATER, null));

    assertThat(here.haveEnded(session("s1", "p1", "alice", 20))).isTrue();
    assertThat(here.haveEnded(session("s2", null, "alice", 21))).isFalse();
    assertThat(here.haveEnded(session("s3", null, "bob", 20))).isFalse();
  }

  @Test
  void theProvidersSessionEndsAllThatBeganInIt() {
    here.add(new SignOut(What.PROVIDER_SESSION, "p1", 20, LATER, null));

    assertThat(here.haveEnded(session("s1", "p1", "alice", 20))).isTrue();
    assertThat(here.haveEnded(session("s2", "p2", "alice", 20))).isFalse();
    assertThat(here.haveEnded(session("s3", null, "alice", 20))).isFalse();
    assertThat(here.haveEnded(session("s4", "p1", "alice", 21))).isFalse();
  }

  @Test
  void aUsersSessionsEndOfWhichTheProvidersIsNotKnown() {
    here.add(new SignOut(What.UNNAMED, "alice", 20, LATER, null));

    assertThat(here.haveEnded(session("s1", null, "alice", 20))).isTrue();
    assertThat(here.haveEnded(session("s2", "p1", "alice", 20))).isFalse();
    assertThat(here.haveEnded(session("s3", null, "bob", 20))).isFalse();
  }

  @Test
  void anEarlierTimeTakesNothingBack() {
    here.add(new SignOut(What.USER, "alice", 20, LATER, null));
    here.add(new SignOut(What.USER, "alice", 15, LATER, null));

    assertThat(here.haveEnded(session("s1", null, "alice", 18))).isTrue();
  }

  @Test
  void whatCouldNotBeToldIsToldLater() {
    shared.setAway(true);
    SignOut signOut = new SignOut(What.SESSION, "s1", 10, LATER, null);
    assertThatThrownBy(() -> here.add(signOut)).isInstanceOf(IllegalStateException.class);
    assertThat(here.haveEnded(session("s1", null, "alice", 10))).isTrue();

    shared.setAway(false);
    here.refresh();
    assertThat(shared.added()).containsExactly(signOut);
    here.refresh();
    assertThat(shared.added()).hasSize(1);
  }

  @Test
  void whatCouldNotBeToldIsToldWhenItStops() {
    shared.setAway(true);
    SignOut signOut = new SignOut(What.SESSION, "s1", 10, LATER, null);
    assertThatThrownBy(() -> here.add(signOut)).isInstanceOf(IllegalStateException.class);

    shared.setAway(false);
    here.stop();

    assertThat(shared.added()).containsExactly(signOut);
  }

  @Test
  void whatIsCutOffWhileItIsToldIsToldAgainWhenItStops() throws InterruptedException {
    var log = new SlowSignOuts(shared, 1);
    var stopping = new SignOuts(log, InstantSource.fixed(NOW), nanoTime::get);
    SignOut signOut = new SignOut(What.SESSION, "s1", 10, LATER, null);
    assertThatThrownBy(() -> stopping.add(signOut)).isInstanceOf(IllegalStateException.class);

    stopping.start();
    assertThat(log.held.await(20, TimeUnit.SECONDS)).isTrue();
    stopping.stop();

    assertThat(shared.added()).containsExactly(signOut);
  }

  @Test
  void isNotKeptFromStoppingByAServerThatDoesNotAnswer() {
    var log = new SlowSignOuts(shared, Integer.MAX_VALUE);
    var stopping = new SignOuts(log, InstantSource.fixed(NOW), nanoTime::get);
    SignOut signOut = new SignOut(What.SESSION, "s1", 10, LATER, null);
    assertThatThrownBy(() -> stopping.add(signOut)).isInstanceOf(IllegalStateException.class);

    assertThat(CompletableFuture.runAsync(stopping::stop)).succeedsWithin(Duration.ofSeconds(20));
    assertThat(shared.added()).isEmpty();
  }

  /** Fails at first, then holds so many calls until they are interrupted. */
  private static final class SlowSignOuts implements SignOutLog {
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private final SignOutLog log;
    private final int holds;

    SlowSignOuts(SignOutLog log, int holds) {
      this.log = log;
      this.holds = holds;
    }

    @Override
    public void add(SignOut signOut) {
      int before = calls.getAndIncrement();
      if (before == 0) {
        throw new IllegalStateException("Nobody answers");
      }
      if (before <= holds) {
        hold();
      }
      log.add(signOut);
    }

    private void hold() {
      held.countDown();
      try {
        never.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public SignOutsWorkflow.News news(@Nullable String chain, long after) {
      return log.news(chain, after);
    }
  }

  @Test
  void isCurrentForHalfAMinuteAfterAnAnswer() {
    here.refresh();
    assertThat(here.isCurrent()).isTrue();
    shared.setAway(true);
    nanoTime.addAndGet(Duration.ofSeconds(30).toNanos());
    here.refresh();
    assertThat(here.isCurrent()).isTrue();
    nanoTime.addAndGet(1);
    assertThat(here.isCurrent()).isFalse();
    shared.setAway(false);
    here.refresh();
    assertThat(here.isCurrent()).isTrue();
  }

  /** The web server takes requests a moment before anything is asked. */
  @Test
  void waitsForTheFirstAnswerBeforeItHasBegunToAsk() {
    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(here::refresh);
    assertThat(here.isCurrent()).isTrue();
  }

  /** After a crash the first question may find a worker only that is dead. */
  @Test
  void waitsForTheFirstAnswerWhenAQuestionHasFailed() {
    shared.setAway(true);
    here.refresh();

    shared.setAway(false);
    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(here::refresh);
    assertThat(here.isCurrent()).isTrue();
  }

  @Test
  void waitsForTheFirstAnswerForTenSecondsAfterTheStartAndNoLonger() {
    shared.setAway(true);
    here.start();
    try {
      nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());
      assertThat(CompletableFuture.supplyAsync(here::isCurrent))
          .succeedsWithin(Duration.ofSeconds(5))
          .isEqualTo(false);
    } finally {
      here.stop();
    }
  }

  @Test
  void isNotCurrentOnceItHasStoppedWithoutAnAnswer() {
    here.stop();
    assertThat(here.isCurrent()).isFalse();
  }

  @Test
  void waitsForTheFirstAnswerRightAfterTheStart() {
    var answering = new CountDownLatch(1);
    var starting =
        new SignOuts(
            new LateSignOuts(shared, answering), InstantSource.fixed(NOW), System::nanoTime);
    starting.start();
    try {
      CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(answering::countDown);
      assertThat(starting.isCurrent()).isTrue();
    } finally {
      starting.stop();
    }
  }

  /** Answers once it is let. */
  private record LateSignOuts(SignOutLog log, CountDownLatch answering) implements SignOutLog {
    @Override
    public void add(SignOut signOut) {
      log.add(signOut);
    }

    @Override
    public SignOutsWorkflow.News news(@Nullable String chain, long after) {
      try {
        answering.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return log.news(chain, after);
    }
  }

  @Test
  void keepsWhatItKnowsWhenTheWorkflowIsLost() {
    here.add(new SignOut(What.SESSION, "s1", 10, LATER, null));
    here.refresh();
    shared.beginAnew();
    there.add(new SignOut(What.SESSION, "s2", 10, LATER, null));
    here.refresh();

    assertThat(here.haveEnded(session("s1", null, "alice", 10))).isTrue();
    assertThat(here.haveEnded(session("s2", null, "alice", 10))).isTrue();
  }

  @Test
  void keepsAllThatAreAsOldAsTheOldestUntilTheyAreOver() {
    SignedIn old = session("s1", null, "alice", 10);
    shared.endAll(10, LATER);
    here.refresh();
    assertThat(here.haveEnded(old)).isTrue();

    shared.beginAnew();
    here.refresh();
    assertThat(here.haveEnded(old)).isTrue();

    shared.endAll(20, NOW.getEpochSecond());
    here.refresh();
    shared.beginAnew();
    here.refresh();
    assertThat(here.haveEnded(old)).isFalse();
  }

  @Test
  void forgetsWhatIsOverAnyway() {
    here.add(new SignOut(What.SESSION, "s1", 10, NOW.getEpochSecond(), null));
    SignedIn session = session("s1", null, "alice", 10);
    assertThat(here.haveEnded(session)).isTrue();
    shared.beginAnew();
    here.refresh();
    assertThat(here.haveEnded(session)).isFalse();
  }
}
