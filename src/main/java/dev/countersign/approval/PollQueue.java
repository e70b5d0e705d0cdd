package dev.countersign.approval;

import dev.countersign.lease.Lease;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * This process's share of the requests that a provider takes from all. Hands out turns, evenly
 * spaced, and none while the lease isn't held, or the other processes don't count this one yet.
 * When more polls are due than there are turns, the longest overdue goes first, so that all
 * intervals stretch alike; but each request keeps a turn of its own just before its end, the sooner
 * the more requests end together, earliest end first. A turn goes to who is there to use it, so
 * none is lost to a wait that ended meanwhile. Thread-safe.
 */
final class PollQueue {
  /** The last poll goes out this long before the end, so that a late approval still counts. */
  static final Duration LAST_POLL = Duration.ofSeconds(1);

  private static final long LEASE_LOOK_NANOS = Duration.ofMillis(50).toNanos();
  private static final long LEAST_LOOK_NANOS = Duration.ofMillis(10).toNanos();
  private static final Comparator<Place> BY_AGE = Comparator.comparingLong(place -> place.number);

  private final double requestsPerSecond;
  private final Lease lease;
  private final long lastPollNanos;
  private final long origin = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeSet<Place> byDue =
      new TreeSet<>(Comparator.<Place>comparingLong(place -> place.due).thenComparing(BY_AGE));
  private final TreeSet<Place> byLastChance =
      new TreeSet<>(
          Comparator.<Place>comparingLong(place -> place.lastChance).thenComparing(BY_AGE));
  private final TreeSet<Place> byEnd =
      new TreeSet<>(Comparator.<Place>comparingLong(place -> place.end).thenComparing(BY_AGE));
  private long nanosPerTurn;
  private long nextTurn;
  private long numbers;

  /** When the dispatcher looks again by itself: whoever is queued for later need not wake it. */
  private long wakesAt = Long.MAX_VALUE;

  private @Nullable Thread dispatcher;

  /**
   * A queue without places.
   *
   * @param requestsPerSecond of all processes that share the lease's work
   */
  PollQueue(double requestsPerSecond, Lease lease) {
    this(requestsPerSecond, lease, LAST_POLL);
  }

  PollQueue(double requestsPerSecond, Lease lease, Duration lastPoll) {
    this.requestsPerSecond = requestsPerSecond;
    this.lease = lease;
    this.lastPollNanos = lastPoll.toNanos();
    share();
  }

  /** The more processes there are, the further apart are the turns of each. */
  private void share() {
    nanosPerTurn = (long) (1_000_000_000L * lease.replicas().count() / requestsPerSecond);
  }

  /** What came of waiting for a turn. */
  enum Turn {
    /** The poll is to go out now. */
    TAKEN,
    /** The request has expired. */
    TOO_LATE,
    /** The wait was ended from outside. */
    WITHDRAWN
  }

  /**
   * Queues a request.
   *
   * @param least before this the provider allows no poll
   * @param wanted when the poll should go out
   * @param left until the request expires
   * @param interval least time from this poll to one after it
   */
  Place enqueue(Duration least, Duration wanted, Duration left, Duration interval) {
    lock.lock();
    try {
      long now = now();
      Place place =
          new Place(
              numbers++,
              now + least.toNanos(),
              now + wanted.toNanos(),
              now + left.toNanos(),
              interval.toNanos());
      byDue.add(place);
      byEnd.add(place);
      if (place.mayBePolled()) {
        byLastChance.add(place);
      }
      wakeDispatcher();
      return place;
    } finally {
      lock.unlock();
    }
  }

  /** Counts a request that goes out without waiting. */
  void count() {
    lock.lock();
    try {
      share();
      nextTurn = Math.max(nextTurn, now()) + nanosPerTurn;
    } finally {
      lock.unlock();
    }
  }

  /** How far the polls are behind. */
  PollLoad load() {
    lock.lock();
    try {
      long now = now();
      int overdue = 0;
      for (Place place : byDue) {
        if (place.due > now) {
          break;
        }
        overdue++;
      }
      return new PollLoad(overdue, Duration.ofNanos(overdue == 0 ? 0 : now - byDue.first().due));
    } finally {
      lock.unlock();
    }
  }

  private void wakeDispatcher() {
    if (dispatcher == null) {
      dispatcher = Thread.ofPlatform().daemon().name("approval-polls").start(this::dispatch);
    }
    if (nextAt() < wakesAt) {
      changed.signalAll();
    }
  }

  private void dispatch() {
    lock.lock();
    try {
      while (true) {
        long now = now();
        long pause = step(now);
        if (pause == Long.MAX_VALUE) {
          wakesAt = Long.MAX_VALUE;
          changed.await();
        } else if (pause > 0) {
          wakesAt = now + pause;
          var _ = changed.awaitNanos(pause);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Does what is to be done now. Returns how long nothing is; 0: look again. */
  private long step(long now) {
    if (byEnd.isEmpty()) {
      return Long.MAX_VALUE;
    }
    share();
    Place ending = byEnd.first();
    if (ending.end <= now) {
      answer(ending, Turn.TOO_LATE);
      return 0;
    }
    long next = nextAt();
    if (next > now) {
      return next - now;
    }
    if (!lease.isHeld() || !lease.replicas().counted()) {
      return LEASE_LOOK_NANOS;
    }
    Place chosen = choose(now);
    if (chosen == null) {
      return Math.max(nanosPerTurn, LEAST_LOOK_NANOS); // those that must go may not go yet
    }
    nextTurn = Math.max(nextTurn, now) + nanosPerTurn;
    answer(chosen, Turn.TAKEN);
    return 0;
  }

  /** When there will be something to do, of those that are queued. */
  private long nextAt() {
    long due = byDue.first().due;
    long first = mayBeUrgentAt(due) ? Math.min(due, urgentAt()) : due;
    return Math.min(byEnd.first().end, Math.max(nextTurn, first));
  }

  private void answer(Place place, Turn turn) {
    remove(place);
    place.turn.complete(turn);
  }

  private void remove(Place place) {
    byDue.remove(place);
    byEnd.remove(place);
    byLastChance.remove(place);
  }

  /** Spares {@link #urgentAt}, which looks at many places, where it can't be so early. */
  private boolean mayBeUrgentAt(long time) {
    return !byLastChance.isEmpty()
        && byLastChance.first().lastChance - byLastChance.size() * nanosPerTurn <= time;
  }

  /** When the last polls must begin, one a turn, for each to come before its request's end. */
  private long urgentAt() {
    long latest = Long.MAX_VALUE;
    long turns = 1;
    for (Place place : byLastChance) {
      if (place.lastChance - byLastChance.size() * nanosPerTurn >= latest) {
        break; // nor can any that ends later
      }
      latest = Math.min(latest, place.lastChance - turns * nanosPerTurn);
      turns++;
    }
    return latest;
  }

  private @Nullable Place choose(long now) {
    if (mayBeUrgentAt(now) && urgentAt() <= now) {
      for (Place place : byLastChance) {
        if (place.least <= now) {
          return place;
        }
      }
    }
    while (!byDue.isEmpty() && byDue.first().due <= now) {
      Place place = byDue.first();
      if (!place.wouldLoseLastChance(now)) {
        return place;
      }
      byDue.remove(place); // this poll is the last that the pace allows: it is worth more later
      place.due = place.lastChance;
      byDue.add(place);
    }
    return null;
  }

  private long now() {
    return System.nanoTime() - origin;
  }

  /** A request's place in the queue. */
  final class Place {
    private final long number;
    private final long least;
    private final long end;
    private final long interval;
    private final long lastChance;
    private long due;
    private final CompletableFuture<Turn> turn = new CompletableFuture<>();

    private Place(long number, long least, long due, long end, long interval) {
      this.number = number;
      this.least = least;
      this.due = Math.max(due, least);
      this.end = end;
      this.interval = interval;
      this.lastChance = Math.max(end - lastPollNanos, least);
    }

    private boolean mayBePolled() {
      return lastChance < end;
    }

    private boolean wouldLoseLastChance(long now) {
      return due < lastChance && now + interval >= end && now + nanosPerTurn < lastChance;
    }

    /**
     * Waits for the turn.
     *
     * @throws InterruptedException with the place given up
     */
    Turn await() throws InterruptedException {
      try {
        return turn.get();
      } catch (InterruptedException e) {
        withdraw();
        throw e;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    /** The turn was taken and is not used after all. */
    void giveBack() {
      lock.lock();
      try {
        nextTurn = Math.max(nextTurn - nanosPerTurn, now());
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Gives the place up. */
    void withdraw() {
      lock.lock();
      try {
        remove(this);
      } finally {
        lock.unlock();
      }
      turn.complete(Turn.WITHDRAWN);
    }
  }
}
