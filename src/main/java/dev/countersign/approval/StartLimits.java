package dev.countersign.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * This process's part of the limits on requests for approval, in all and for one user, in any
 * minute. They delay and never refuse. A place is counted by the process that gives it, and used
 * wherever the request comes back to: so each process keeps to its own part. A request that comes
 * back late uses its place all the same, up to a minute later: then a minute may have up to twice
 * as many as allowed, but never more on the average. Remembers no request, and no user for longer
 * than their last start counts. Thread-safe.
 */
final class StartLimits {
  /** Who comes back later than that has lost its places. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(1);

  /** A clock that goes back further was wrong, and so is everything remembered by it. */
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(5);

  private final IntSupplier processes;
  private final @Nullable Integer perMinute;
  private final @Nullable Integer perUserAndMinute;
  private final Map<String, StartLane> users = new HashMap<>();
  private @Nullable StartLane all;
  private Instant cleanedAt = Instant.MIN;
  private Instant latest = Instant.MIN;

  /**
   * Limits that nothing counts against yet.
   *
   * @param processes how many share them
   * @param perMinute null: no limit
   * @param perUserAndMinute null: no limit
   */
  StartLimits(
      IntSupplier processes, @Nullable Integer perMinute, @Nullable Integer perUserAndMinute) {
    this.processes = processes;
    this.perMinute = perMinute;
    this.perUserAndMinute = perUserAndMinute;
    forgetAll();
  }

  private void forgetAll() {
    all = perMinute == null ? null : new StartLane(perMinute);
    users.clear();
    cleanedAt = Instant.MIN;
  }

  /**
   * Asks to start now.
   *
   * @param reserved what a delayed start was given, by whichever process; null: nothing
   * @return when to ask again, and with what; empty: started
   */
  synchronized Optional<Reserved> start(String userID, Instant now, @Nullable Reserved reserved) {
    if (now.plus(CLOCK_SLACK).isBefore(latest)) {
      forgetAll();
    }
    latest = now;
    if (reserved != null && reserved.left().isPositive()) {
      return Optional.of(reserved);
    }
    Reserved kept = reserved == null || reserved.ago().compareTo(KEPT) > 0 ? null : reserved;
    boolean hasUserPlace = kept != null && kept.user();
    boolean hasPlace = kept != null && kept.all();
    int sharing = processes.getAsInt();
    StartLane user = lane(userID, now);
    if (user != null) {
      user.share(sharing);
    }
    // others of the user's may have started while it waited for its place among all
    if (user != null && !hasUserPlace && !(hasPlace && user.hasRoom(now))) {
      Instant place = user.place(now);
      if (place.isAfter(now)) {
        return Optional.of(new Reserved(Duration.between(place, now), true, hasPlace));
      }
    }
    if (all != null && !hasPlace) {
      all.share(sharing);
      Instant place = all.place(now);
      if (place.isAfter(now)) {
        return Optional.of(new Reserved(Duration.between(place, now), false, true));
      }
    }
    if (user != null) {
      user.started(now);
    }
    return Optional.empty();
  }

  /** How long a start of a user who has started nothing would be delayed now. */
  synchronized Duration delay(Instant now) {
    StartLane lane = all;
    return lane == null || now.plus(CLOCK_SLACK).isBefore(latest)
        ? Duration.ZERO
        : Duration.between(now, lane.nextPlace(now));
  }

  /** How many users are remembered. */
  synchronized int users() {
    return users.size();
  }

  private @Nullable StartLane lane(String userID, Instant now) {
    Integer limit = perUserAndMinute;
    if (limit == null) {
      return null;
    }
    if (cleanedAt.isBefore(now.minus(BETWEEN_CLEANINGS))) {
      users.values().removeIf(lane -> lane.isIdle(now));
      cleanedAt = now;
    }
    return users.computeIfAbsent(userID, _ -> new StartLane(limit));
  }
}
