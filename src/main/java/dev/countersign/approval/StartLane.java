package dev.countersign.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives places to starts so that no minute has more places than this process's part of what is
 * allowed: a whole number a minute, or one in several minutes where there are more processes than
 * places. Not thread-safe.
 */
final class StartLane {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final int perMinute;
  private int most;
  private Duration window = MINUTE;

  /** The newest places given, the oldest first; never more than a minute's. */
  private final List<Instant> newest = new ArrayList<>();

  /** The starts that count, the oldest first: they may come later than their places. */
  private final List<Instant> starts = new ArrayList<>();

  /**
   * A lane without places.
   *
   * @param perMinute of all processes; 1 or more
   */
  StartLane(int perMinute) {
    this.perMinute = perMinute;
    this.most = perMinute;
  }

  /** From now on the places are shared by so many processes. */
  void share(int processes) {
    most = Math.max(1, perMinute / processes);
    window = processes <= perMinute ? MINUTE : MINUTE.multipliedBy(processes).dividedBy(perMinute);
  }

  /** Whether the starts that count, wherever their places were given, leave room. */
  boolean hasRoom(Instant now) {
    forgetOld(now);
    return starts.size() < most;
  }

  /** Takes the next place that is free; not after {@code now}: at once. */
  Instant place(Instant now) {
    Instant place = nextPlace(now);
    newest.add(place);
    if (newest.size() > perMinute) {
      newest.removeFirst();
    }
    return place;
  }

  /** The next place that is free. */
  Instant nextPlace(Instant now) {
    forgetOld(now);
    Instant place = later(later(now, freeAfter(starts)), freeAfter(newest));
    if (!newest.isEmpty()) {
      place = later(place, newest.getLast()); // never before those who came first
    }
    return place;
  }

  /** When, of these, few enough count for one more. */
  private Instant freeAfter(List<Instant> counted) {
    return counted.size() < most ? Instant.MIN : counted.get(counted.size() - most).plus(window);
  }

  /** One that had its place, here or at another process, starts now. */
  void started(Instant now) {
    starts.add(now);
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
    newest.removeIf(place -> !place.plus(window).isAfter(now));
    starts.removeIf(start -> !start.plus(window).isAfter(now));
  }
}
