package dev.countersign.approval;

import dev.countersign.approval.Attempt.Standing;
import dev.countersign.lease.Lease;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that waits for a decision. It polls only while it is known to be Temporal's current
 * one: the lease says so as long as it doesn't lapse, and after a lapse a beat of its own.
 */
final class ActivityLease implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(6);

  private final Waits waits;
  private final Attempt attempt;
  private final String request;
  private final Lease lease;
  private final long startedNanos = System.nanoTime();
  private final Beats beats;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Pace pace;
  private long confirmedTerm;
  private long confirmedNanos = startedNanos;
  private boolean beatUnderWay;
  private boolean stopped;
  private boolean yielding;
  private @Nullable Standing lost;
  private PollQueue.@Nullable Place place;

  ActivityLease(Waits waits, Attempt attempt, String request, Lease lease, Pace pace) {
    this.waits = waits;
    this.attempt = attempt;
    this.request = request;
    this.lease = lease;
    this.pace = pace;
    this.beats = Beats.of(attempt.info());
    // in the first term nothing can have been taken over, and the attempt is new
    this.confirmedTerm = lease.isHeld() && lease.term() == 1 ? 1 : 0;
  }

  Attempt attempt() {
    return attempt;
  }

  /** Which request it waits for: its own name, whatever the attempt. */
  String request() {
    return request;
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  synchronized Pace pace() {
    return pace;
  }

  synchronized void pace(Pace changed) {
    pace = changed;
  }

  /**
   * Waits for a turn to poll.
   *
   * @throws ActivityCompletionException if the activity was cancelled or is another's by now
   * @throws ShuttingDownException if this process is going down
   */
  PollQueue.Turn await(PollQueue.Place turn) throws ShuttingDownException {
    synchronized (this) {
      place = turn;
      if (stopped || lost != null) {
        turn.withdraw();
      }
    }
    try {
      PollQueue.Turn came = turn.await();
      if (came == PollQueue.Turn.TAKEN && isEnded()) {
        turn.giveBack();
      }
      throwIfEnded();
      return came;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShuttingDownException();
    } finally {
      synchronized (this) {
        place = null;
      }
    }
  }

  /**
   * Whether a poll may go out now. After a lapse of the lease this asks Temporal first.
   *
   * @throws ActivityCompletionException as {@link #await}
   * @throws ShuttingDownException as {@link #await}
   */
  boolean mayPoll() throws ShuttingDownException {
    long term = lease.term();
    if (!isConfirmedIn(term) && !confirm(term)) {
      return false;
    }
    throwIfEnded();
    return lease.isHeld() && lease.term() == term;
  }

  private synchronized boolean isConfirmedIn(long term) {
    return confirmedTerm == term
        && System.nanoTime() - confirmedNanos < beats.confirmedFor().toNanos();
  }

  /** Stores the pace at Temporal and waits for the answer; false: none came. */
  boolean confirm() {
    return confirm(lease.term());
  }

  private boolean confirm(long term) {
    CompletableFuture<?> beat = beat(term);
    try {
      beat.get(ANSWER.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Sends a beat unless one is under way. */
  void beat() {
    synchronized (this) {
      if (beatUnderWay) {
        return;
      }
    }
    CompletableFuture<?> _ = beat(lease.term());
  }

  private CompletableFuture<Standing> beat(long term) {
    Pace stored;
    synchronized (this) {
      beatUnderWay = true;
      stored = pace;
    }
    long sentNanos = System.nanoTime();
    return attempt.beat(stored).whenComplete((standing, _) -> answered(standing, term, sentNanos));
  }

  private synchronized void answered(@Nullable Standing standing, long term, long sentNanos) {
    beatUnderWay = false;
    if (standing == Standing.CURRENT) {
      confirmedTerm = Math.max(confirmedTerm, term);
      confirmedNanos = Math.max(confirmedNanos, sentNanos);
    } else if (standing != null && lost == null) {
      lost = standing;
      wake();
    }
  }

  /** How long ago Temporal last said that this attempt goes on. */
  synchronized Duration unconfirmedFor() {
    return Duration.ofNanos(System.nanoTime() - confirmedNanos);
  }

  /** Whether Temporal should hear of this attempt by now. */
  boolean isBeatDue() {
    return beats.isDue(unconfirmedFor(), age());
  }

  /** Ends the wait because this process is going down. */
  synchronized void stop() {
    stopped = true;
    wake();
  }

  /** Ends the wait because another attempt has come in its place; returns when it has ended. */
  boolean supersede(Duration patience) throws InterruptedException {
    synchronized (this) {
      lost = Standing.GONE;
      wake();
    }
    return closed.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void wake() {
    if (place != null) {
      place.withdraw();
    }
  }

  /** Asks the wait to give its slot back after its next poll. */
  synchronized void askToYield() {
    yielding = true;
  }

  synchronized boolean isAskedToYield() {
    return yielding;
  }

  /**
   * Sleeps, also while this process is going down or the activity is cancelled: a cancel by a ping
   * still wants what is there.
   *
   * @throws ActivityNotExistsException if nobody wants it any more
   */
  void sleepThrough(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (isGone()) {
      throw gone();
    }
  }

  private synchronized boolean isEnded() {
    return stopped || lost != null;
  }

  private synchronized boolean isGone() {
    return lost == Standing.GONE;
  }

  private synchronized void throwIfEnded() throws ShuttingDownException {
    switch (lost) {
      case CANCELLED -> throw new ActivityCanceledException(attempt.info());
      case GONE -> throw gone();
      case UNWANTED -> throw NotDecided.yet(pace.interval());
      case CURRENT -> {}
      case null -> {
        if (stopped) {
          throw new ShuttingDownException();
        }
      }
    }
  }

  private ActivityNotExistsException gone() {
    return new ActivityNotExistsException(attempt.info(), null);
  }

  @Override
  public void close() {
    waits.remove(this);
    closed.countDown();
  }

  /** This process is going down: another one must go on. */
  static final class ShuttingDownException extends Exception {}
}
