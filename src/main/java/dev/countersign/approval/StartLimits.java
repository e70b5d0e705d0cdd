package dev.countersign.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * This process's limits on requests for approval, in all and for one user, in any minute. They
 * delay and never refuse. Remembers no user for longer than their last start counts. Thread-safe.
 */
final class StartLimits {
  private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(1);

  /** A clock that goes back further was wrong, and so is everything remembered by it. */
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(5);

  private final @Nullable Integer perMinute;
  private final @Nullable Integer perUserAndMinute;
  private final Map<String, StartLane> users = new HashMap<>();
  private @Nullable StartLane all;
  private Instant cleanedAt = Instant.MIN;
  private Instant latest = Instant.MIN;

  /** Null: no limit. */
  StartLimits(@Nullable Integer perMinute, @Nullable Integer perUserAndMinute) {
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
   * @param id of who starts; a delayed start asks again with the same one
   * @return how long to wait before asking again; zero: started
   */
  synchronized Duration start(String id, String userID, Instant now) {
    if (now.plus(CLOCK_SLACK).isBefore(latest)) {
      forgetAll();
    }
    latest = now;
    StartLane user = lane(userID, now);
    Duration wait = user == null ? Duration.ZERO : user.place(id, now);
    if (wait.isZero() && all != null) {
      wait = all.place(id, now);
    }
    if (wait.isZero()) {
      if (user != null) {
        user.started(id, now);
      }
      if (all != null) {
        all.started(id, now);
      }
    }
    return wait;
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
