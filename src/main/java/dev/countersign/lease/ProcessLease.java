package dev.countersign.lease;

import dev.countersign.lease.Stopwatch.Moment;
import dev.countersign.schedule.PeriodicTask;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds this process's lease: one beat a second, each confirmed by Temporal's history service. Its
 * age counts on this machine's own clocks, from when the last confirmed beat was sent, so that a
 * process that was frozen or cut off knows by itself, sooner than the server, that it has none.
 */
public final class ProcessLease implements Lease, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProcessLease.class);

  /** A wish that led to nothing, an answered one too, is repeated after this. */
  private static final Duration WISH = Duration.ofSeconds(3);

  private final LeaseServer server;
  private final Stopwatch stopwatch;
  private final ReplicaWatch replicas;
  private final PeriodicTask beats =
      new PeriodicTask("process-lease", LeaseOptions.BEAT, this::tick);
  private byte @Nullable [] activity;
  private boolean confirmed;
  private Moment confirmedAt;
  private long term;
  private @Nullable Moment wishedAt;
  private boolean wishUnderWay;
  private @Nullable Moment lapsedAt;
  private @Nullable Moment lastBeatAt;
  private boolean closed;

  ProcessLease(LeaseServer server, Stopwatch stopwatch) {
    this.server = server;
    this.stopwatch = stopwatch;
    this.replicas = new ReplicaWatch(server, stopwatch);
    this.confirmedAt = stopwatch.now();
  }

  /** Wants a lease from now on. */
  void start() {
    beats.startNow();
  }

  @Override
  public synchronized boolean isHeld() {
    boolean held = confirmed && age().compareTo(LeaseOptions.HELD) < 0;
    if (confirmed && !held) {
      lapsed();
    }
    return held;
  }

  @Override
  public synchronized long term() {
    return term;
  }

  @Override
  public Replicas replicas() {
    return replicas.replicas();
  }

  /** How long ago the last beat was sent that Temporal has confirmed; null: none yet. */
  synchronized @Nullable Duration sinceLastBeat() {
    return lastBeatAt == null ? null : stopwatch.since(lastBeatAt);
  }

  /** Whether this process was without its lease, after it once had it, as recently as that. */
  synchronized boolean hasLapsedWithin(Duration recently) {
    boolean without = term > 0 && !isHeld();
    return without || (lapsedAt != null && stopwatch.since(lapsedAt).compareTo(recently) < 0);
  }

  /**
   * A new term has come; it counts from its first confirmed beat on.
   *
   * @param token task token of the activity that holds it
   */
  synchronized void begin(byte[] token) {
    activity = token.clone();
    confirmed = false;
    confirmedAt = stopwatch.now();
    wishedAt = null;
    beat(token);
  }

  synchronized void tick() {
    byte[] token = activity;
    if (closed) {
      return;
    }
    replicas.tick(isHeld());
    if (token == null) {
      want();
    } else if (age().compareTo(LeaseOptions.GIVEN_UP) >= 0) {
      log.warn("Temporal confirms the lease of this process no more: polls are put off");
      end();
      server.reconnect();
    } else {
      beat(token);
    }
  }

  private void want() {
    if (wishUnderWay || (wishedAt != null && stopwatch.since(wishedAt).compareTo(WISH) < 0)) {
      return; // one that is told late would pass for one of the term that it began
    }
    wishedAt = stopwatch.now();
    wishUnderWay = true;
    var _ = server.want().whenComplete((_, failure) -> answeredWish(failure));
  }

  private synchronized void answeredWish(@Nullable Throwable failure) {
    wishUnderWay = false;
    if (failure != null) {
      log.debug("No lease could be asked for", failure);
      wishedAt = null;
    }
  }

  private void beat(byte[] token) {
    Moment sentAt = stopwatch.now();
    var _ = server.beat(token).whenComplete((_, failure) -> answered(token, sentAt, failure));
  }

  private synchronized void answered(byte[] token, Moment sentAt, @Nullable Throwable failure) {
    if (!Arrays.equals(activity, token)) {
      return; // of an earlier term
    }
    Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    if (cause instanceof ConfirmedHeartbeat.GoneException) {
      end();
    } else if (cause == null) {
      lastBeatAt = sentAt;
      if (!confirmed) {
        confirmed = true;
        confirmedAt = sentAt;
        term++;
        log.info("Temporal stores what this process reports (lease, term {})", term);
      } else if (sentAt.isAfter(confirmedAt)) {
        boolean _ = isHeld(); // notes a gap before it is closed
        confirmedAt = sentAt;
      }
    }
  }

  private void end() {
    if (confirmed) {
      lapsed();
    }
    activity = null;
    confirmed = false;
  }

  private void lapsed() {
    lapsedAt = stopwatch.now();
  }

  private Duration age() {
    return stopwatch.since(confirmedAt);
  }

  /** Gives the lease back: call it when nothing is done under it any more. */
  @Override
  public void close() {
    byte[] last;
    synchronized (this) {
      closed = true;
      last = activity;
      activity = null;
      confirmed = false;
    }
    beats.close();
    if (last != null) {
      server.giveBack(last);
    }
  }
}
