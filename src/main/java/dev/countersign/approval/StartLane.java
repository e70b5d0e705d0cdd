package dev.countersign.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Places starts so that no minute has more than allowed of them. Whoever must wait keeps its place:
 * it is told how long, and is let through when it asks again. Not thread-safe.
 */
final class StartLane {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Who doesn't come back within this loses its place. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final int perMinute;

  /** The newest places given, the oldest first; never more than a minute's. */
  private final Deque<Instant> newest = new ArrayDeque<>();

  private final Map<String, Instant> places = new HashMap<>();

  /** The starts of the last minute, the oldest first: they may come later than their places. */
  private final Deque<Instant> starts = new ArrayDeque<>();

  StartLane(int perMinute) {
    this.perMinute = perMinute;
  }

  /**
   * How long the start must still wait.
   *
   * @param id of who starts
   * @return zero: it may start now, and then {@link #started} is called
   */
  Duration place(String id, Instant now) {
    forgetOld(now);
    Instant place = places.computeIfAbsent(id, _ -> nextPlace(now));
    if (!place.isAfter(now) && starts.size() >= perMinute) {
      place = starts.getFirst().plus(WINDOW);
    }
    return place.isAfter(now) ? Duration.between(now, place) : Duration.ZERO;
  }

  void started(String id, Instant now) {
    places.remove(id);
    starts.addLast(now);
  }

  /** Whether it knows of nothing that could delay a start. */
  boolean isIdle(Instant now) {
    forgetOld(now);
    return newest.isEmpty() && places.isEmpty() && starts.isEmpty();
  }

  private Instant nextPlace(Instant now) {
    Instant place = now;
    if (newest.size() == perMinute) {
      place = newest.removeFirst().plus(WINDOW);
    } else if (!newest.isEmpty() && newest.getLast().isAfter(now)) {
      place = newest.getLast(); // never before those who came first
    }
    newest.addLast(place);
    return place;
  }

  private void forgetOld(Instant now) {
    newest.removeIf(place -> !place.plus(WINDOW).isAfter(now));
    starts.removeIf(start -> !start.plus(WINDOW).isAfter(now));
    places.values().removeIf(place -> place.plus(KEPT).isBefore(now));
  }
}
