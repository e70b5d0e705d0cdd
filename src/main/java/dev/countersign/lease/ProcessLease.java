package dev.countersign.lease;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds this process's lease: one beat a second, each confirmed by Temporal's history service. Its
 * age counts on the monotonic clock, from when the last confirmed beat was sent, so that a process
 * that was frozen or cut off knows by itself, sooner than the server, that it has none.
 */
public final class ProcessLease implements Lease, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProcessLease.class);

  /** A wish that led to nothing, an answered one too, is repeated after this. */
  private static final long WISH_NANOS = Duration.ofSeconds(3).toNanos();

  private final LeaseServer server;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("process-lease").factory());
  private byte @Nullable [] activity;
  private boolean confirmed;
  private long confirmedAt;
  private long term;
  private boolean wished;
  private long wishedAt;
  private boolean lapsedBefore;
  private long lapsedAt;
  private boolean closed;

  ProcessLease(LeaseServer server, LongSupplier nanoTime) {
    this.server = server;
    this.nanoTime = nanoTime;
  }

  /** Wants a lease from now on. */
  void start() {
    ScheduledFuture<?> _ =
        beats.scheduleAtFixedRate(
            this::tickSafely, 0, LeaseOptions.BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized boolean isHeld() {
    boolean held = confirmed && age() < LeaseOptions.HELD.toNanos();
    if (confirmed && !held) {
      lapsed();
    }
    return held;
  }

  @Override
  public synchronized long term() {
    return term;
  }

  /** Whether this process was without its lease, after it once had it, as recently as that. */
  synchronized boolean hasLapsedWithin(Duration recently) {
    boolean without = term > 0 && !isHeld();
    return without || (lapsedBefore && nanoTime.getAsLong() - lapsedAt < recently.toNanos());
  }

  /**
   * A new term has come; it counts from its first confirmed beat on.
   *
   * @param token task token of the activity that holds it
   */
  synchronized void begin(byte[] token) {
    activity = token.clone();
    confirmed = false;
    confirmedAt = nanoTime.getAsLong();
    wished = false;
    beat(token);
  }

  private void tickSafely() {
    try {
      tick();
    } catch (RuntimeException e) { // a scheduled task that throws is never run again
      log.warn("The lease could not be renewed", e);
    }
  }

  synchronized void tick() {
    byte[] token = activity;
    if (closed) {
      return;
    }
    if (token == null) {
      want();
    } else if (age() >= LeaseOptions.GIVEN_UP.toNanos()) {
      log.warn("Temporal confirms the lease of this process no more: polls are put off");
      end();
      server.reconnect();
    } else {
      beat(token);
    }
  }

  private void want() {
    long now = nanoTime.getAsLong();
    if (wished && now - wishedAt < WISH_NANOS) {
      return;
    }
    wished = true;
    wishedAt = now;
    var _ =
        server
            .want()
            .whenComplete((_, failure) -> {
              if (failure != null) {
                log.debug("No lease could be asked for", failure);
                forgetWish();
              }
            });
  }

  private synchronized void forgetWish() {
    wished = false;
  }

  private void beat(byte[] token) {
    long sentAt = nanoTime.getAsLong();
    var _ = server.beat(token).whenComplete((_, failure) -> answered(token, sentAt, failure));
  }

  private synchronized void answered(byte[] token, long sentAt, @Nullable Throwable failure) {
    if (!Arrays.equals(activity, token)) {
      return; // of an earlier term
    }
    Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    if (cause instanceof LeaseServer.LapsedException) {
      end();
    } else if (cause == null) {
      if (!confirmed) {
        confirmed = true;
        confirmedAt = sentAt;
        term++;
        log.info("Temporal stores what this process reports (lease, term {})", term);
      } else if (sentAt - confirmedAt > 0) {
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
    lapsedBefore = true;
    lapsedAt = nanoTime.getAsLong();
  }

  private long age() {
    return nanoTime.getAsLong() - confirmedAt;
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
    beats.shutdownNow();
    if (last != null) {
      server.giveBack(last);
    }
  }
}
