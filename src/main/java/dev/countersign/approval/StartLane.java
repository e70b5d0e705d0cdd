package dev.countersign.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Gives places to starts so that no minute has more places than allowed. Not thread-safe. */
final class StartLane {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int perMinute;

  /** The newest places given, the oldest first; never more than a minute's. */
  private final Deque<Instant> newest = new ArrayDeque<>();

  /** The starts of the last minute, the oldest first: they may come later than their places. */
  private final Deque<Instant> starts = new ArrayDeque<>();

  StartLane(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Whether the starts of the last minute, wherever their places were given, leave room. */
  boolean hasRoom(Instant now) {
    forgetOld(now);
    return starts.size() < perMinute;
  }

  /** The next place that is free; not after {@code now}: at once. */
  Instant place(Instant now) {
    forgetOld(now);
    Instant place = starts.size() < perMinute ? now : starts.getFirst().plus(WINDOW);
    if (newest.size() == perMinute) {
      place = later(place, newest.removeFirst().plus(WINDOW));
    }
    if (!newest.isEmpty()) {
      place = later(place, newest.getLast()); // never before those who came first
    }
    newest.addLast(place);
    return place;
  }

  /** One that had its place, here or at another process, starts now. */
  void started(Instant now) {
    starts.addLast(now);
  }

  /** Whether it knows of nothing that could delay a start. */
  boolean isIdle(Instant now) {
    forgetOld(now);
    return newest.isEmpty() && starts.isEmpty();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void forgetOld(Instant now) {
    newest.removeIf(place -> !place.plus(WINDOW).isAfter(now));
    starts.removeIf(start -> !start.plus(WINDOW).isAfter(now));
  }
}
