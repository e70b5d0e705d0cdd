package dev.countersign.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many requests for approval may be made in a minute, by this process and for one user: what is
 * beyond that waits. Thread-safe.
 */
final class StartLimits {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final @Nullable Integer perMinute;
  private final @Nullable Integer perUserAndMinute;
  private final Deque<Start> starts = new ArrayDeque<>();
  private final Map<String, Deque<Instant>> byUser = new HashMap<>();

  private record Start(Instant at, String userID) {}

  /** A limit that is null is none. */
  StartLimits(@Nullable Integer perMinute, @Nullable Integer perUserAndMinute) {
    this.perMinute = perMinute;
    this.perUserAndMinute = perUserAndMinute;
  }

  /**
   * Starts one, if that is allowed now.
   *
   * @return how long to wait before it may be tried again; zero: it has been started
   */
  synchronized Duration start(String userID, Instant now) {
    forgetBefore(now.minus(WINDOW));
    Deque<Instant> ofUser = byUser.getOrDefault(userID, new ArrayDeque<>());
    Duration forAll = wait(perMinute, starts.size(), () -> starts.getFirst().at(), now);
    Duration forUser = wait(perUserAndMinute, ofUser.size(), ofUser::getFirst, now);
    Duration wait = forAll.compareTo(forUser) > 0 ? forAll : forUser;
    if (wait.isZero()) {
      starts.add(new Start(now, userID));
      byUser.computeIfAbsent(userID, _ -> new ArrayDeque<>()).add(now);
    }
    return wait;
  }

  private interface Oldest {
    Instant at();
  }

  private static Duration wait(@Nullable Integer most, int count, Oldest oldest, Instant now) {
    return most == null || count < most
        ? Duration.ZERO
        : Duration.between(now, oldest.at().plus(WINDOW)).plusMillis(1);
  }

  private void forgetBefore(Instant limit) {
    while (!starts.isEmpty() && !starts.getFirst().at().isAfter(limit)) {
      Start old = starts.removeFirst();
      Deque<Instant> ofUser = byUser.get(old.userID());
      if (ofUser != null) {
        ofUser.removeFirst();
        if (ofUser.isEmpty()) {
          byUser.remove(old.userID());
        }
      }
    }
  }
}
