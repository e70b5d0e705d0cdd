package dev.countersign.app.chat.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times to come, for people who may be in any time zone. */
public final class Waiting {
  private static final long SECONDS_A_MINUTE = 60;
  private static final long MINUTES_AN_HOUR = 60;
  private static final long MOST_MINUTES = 90;

  private Waiting() {}

  /** "in 20 minutes (at 18:15 UTC)"; not before the time. */
  public static String until(Instant until, Instant now) {
    Instant whole = until.plusNanos(59_999_999_999L).truncatedTo(ChronoUnit.MINUTES);
    return "in "
        + about(Duration.between(now, until))
        + " (at "
        + whole.atOffset(ZoneOffset.UTC).toLocalTime()
        + " UTC)";
  }

  private static String about(Duration wait) {
    long minutes = Math.max(1, roundedUp(wait.toSeconds(), SECONDS_A_MINUTE));
    if (minutes <= MOST_MINUTES) {
      return minutes == 1 ? "a minute" : minutes + " minutes";
    }
    return roundedUp(minutes, MINUTES_AN_HOUR) + " hours";
  }

  private static long roundedUp(long amount, long unit) {
    return (amount + unit - 1) / unit;
  }
}
