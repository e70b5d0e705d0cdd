package dev.countersign.faults;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is decided before a run begins. A pure value of its seed: the same wishes, and the same
 * troubles at the same moments. What they hit isn't decided: that is up to the processes.
 *
 * @param apps the applications that run side by side
 * @param expiry what users get for their answer
 * @param pings how the provider notifies
 * @param troubles by their moments
 */
record Plan(
    long seed,
    List<Circumstances> apps,
    Duration expiry,
    Pings pings,
    List<Wish> wishes,
    List<Moment> troubles) {

  /**
   * What surrounds an application all the time.
   *
   * @param skew how much its clock is ahead
   * @param diskFull whether its log can't be written
   */
  record Circumstances(Duration skew, boolean diskFull) {}

  /** A trouble and when it comes, from the beginning of the run. */
  record Moment(Duration at, Trouble trouble) {}

  /** How the provider notifies of decisions. */
  enum Pings {
    NONE("polling only"),
    IN_TIME("pings in time"),
    LOST("pings lost"),
    DOUBLED("pings doubled"),
    EARLY("pings before the answer, and before the decision"),
    LATE("pings late");

    final String words;

    Pings(String words) {
      this.words = words;
    }
  }

  /** What goes wrong all the time, as the report calls it. */
  List<String> circumstances() {
    List<String> kinds = new ArrayList<>();
    for (Circumstances app : apps) {
      if (!app.skew().isZero() && WrongClock.isThere()) {
        kinds.add("clock " + (app.skew().isNegative() ? "behind" : "ahead"));
      }
      if (app.diskFull()) {
        kinds.add("disk full for the log");
      }
    }
    if (pings != Pings.NONE && pings != Pings.IN_TIME) {
      kinds.add(pings.words);
    }
    for (Wish wish : wishes) {
      switch (wish.model()) {
        case ONE_CALL -> {}
        case TWO_CALLS_AT_ONCE -> kinds.add("model: two calls at once");
        case REPEATED_CALL -> kinds.add("model: repeats its call");
      }
    }
    return kinds;
  }

  @Override
  public String toString() {
    return "Plan of seed %d: questions live %d s, %s%n%s%n%s%n%s"
        .formatted(
            seed,
            expiry.toSeconds(),
            pings.words,
            apps.stream().map(Circumstances::toString).collect(joining("\n  ", "  ", "")),
            wishes.stream().map(Wish::toString).collect(joining("\n  ", "  ", "")),
            troubles.stream().map(Moment::toString).collect(joining("\n  ", "  ", "")));
  }
}
