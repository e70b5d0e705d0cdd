package dev.countersign.faults;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
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

  /** How many faults it has. */
  int faults() {
    long skewed = apps.stream().filter(app -> !app.skew().isZero()).count();
    long full = apps.stream().filter(Circumstances::diskFull).count();
    boolean pinged = pings != Pings.NONE && pings != Pings.IN_TIME;
    long model = wishes.stream().filter(wish -> wish.model() != Wish.ModelWay.ONE_CALL).count();
    return (int) (troubles.size() + skewed + full + (pinged ? 1 : 0) + model);
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
