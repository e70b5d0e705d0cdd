package dev.countersign.approval;

import dev.countersign.lease.Lease;
import dev.countersign.schedule.PeriodicTask;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All waits of this process, at most one for a request. Tells Temporal now and then of each that
 * lasts long, which is what remains if the lease should fail, and wakes those that must end.
 * Thread-safe.
 */
public final class Waits implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Beats that are sent at a time: after an outage those of all waits are due at once. */
  private static final int MOST_BEATS = 200;

  /** Longer than any poll. */
  private static final Duration LAST_POLL_OF_ANOTHER = Duration.ofSeconds(45);

  private final Lease lease;
  private final Shelf shelf = new Shelf();
  private final ConcurrentMap<String, ActivityLease> waits = new ConcurrentHashMap<>();
  private final PeriodicTask care;
  private volatile boolean closed;
  private long reportedTerm = 1;

  /**
   * Makes a register of waits.
   *
   * @param lease under which they poll
   */
  public Waits(Lease lease) {
    this(lease, PERIOD);
  }

  Waits(Lease lease, Duration period) {
    this.lease = lease;
    this.care = new PeriodicTask("approval-waits", period, this::tick).start();
  }

  private void tick() {
    if (!lease.isHeld()) {
      return;
    }
    if (lease.term() != reportedTerm) {
      reportedTerm = lease.term();
      Thread _ = Thread.ofVirtual().name("approval-shelf").start(shelf::reportAgain);
    }
    waits.values().stream()
        .filter(ActivityLease::isBeatDue)
        .limit(MOST_BEATS)
        .forEach(ActivityLease::beat);
  }

  Lease lease() {
    return lease;
  }

  /** What this process knows of decisions whose report may not have arrived. */
  Shelf shelf() {
    return shelf;
  }

  /**
   * Registers a wait. An earlier attempt at the same request that still polls here ends first.
   *
   * @param request name of the request, whatever the attempt
   */
  ActivityLease start(Attempt attempt, String request, Pace pace) {
    ActivityLease wait = new ActivityLease(this, attempt, request, lease, pace);
    for (ActivityLease before = waits.putIfAbsent(request, wait);
        before != null;
        before = waits.putIfAbsent(request, wait)) {
      endOf(before, pace);
    }
    if (closed) {
      wait.stop();
    }
    return wait;
  }

  private static void endOf(ActivityLease before, Pace pace) {
    try {
      if (!before.supersede(LAST_POLL_OF_ANOTHER)) {
        throw NotDecided.yet(pace.interval());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw NotDecided.yet(pace.interval());
    }
  }

  void remove(ActivityLease wait) {
    waits.remove(wait.request(), wait);
  }

  /** How many requests are waited for here. */
  public int waiting() {
    return waits.size();
  }

  /** Run ids of the workflows that are waited for here. */
  Set<String> runs() {
    return all().map(wait -> wait.attempt().runId()).collect(Collectors.toSet());
  }

  /**
   * Has waits ask Temporal how they stand whose workflows aren't among those that wait.
   *
   * @param listed run ids
   * @param atLeast only those that have not asked, or begun, for as long
   */
  void askThoseNotIn(Set<String> listed, Duration atLeast) {
    all()
        .filter(wait -> wait.unconfirmedFor().compareTo(atLeast) >= 0)
        .filter(wait -> !listed.contains(wait.attempt().runId()))
        .limit(MOST_BEATS)
        .forEach(ActivityLease::beat);
  }

  /** Those that have waited longest, at least as long as that. */
  List<ActivityLease> oldest(int most, Duration atLeast) {
    return all()
        .filter(wait -> wait.age().compareTo(atLeast) >= 0)
        .sorted(Comparator.comparing(ActivityLease::age).reversed())
        .limit(most)
        .toList();
  }

  private Stream<ActivityLease> all() {
    return waits.values().stream();
  }

  /**
   * Ends every wait of this process, for another process to go on with: call it when the workers
   * have been told to shut down. A poll under way is not aborted.
   */
  @Override
  public void close() {
    closed = true;
    care.close();
    waits.values().forEach(ActivityLease::stop);
  }
}
