package dev.countersign.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** How long a server asks to be left alone. */
public final class RetryAfter {
  /** Longer waits are cut to this: no approval lasts longer, and arithmetic stays safe. */
  public static final Duration MAX = Duration.ofDays(3);

  private RetryAfter() {}

  /**
   * Reads {@code Retry-After}, seconds or a date (RFC 9110 10.2.3), and where there is none {@code
   * x-ratelimit-reset}, Unix seconds (Auth0).
   *
   * @return 0 to {@link #MAX}; null: the server says nothing that can be read
   */
  public static @Nullable Duration of(Headers headers, Clock clock) {
    String retryAfter = headers.get("Retry-After");
    if (retryAfter != null) {
      Long seconds = number(retryAfter);
      return seconds == null ? untilDate(retryAfter, clock) : bounded(seconds);
    }
    String reset = headers.get("x-ratelimit-reset");
    Long unixSeconds = reset == null ? null : number(reset);
    return unixSeconds == null ? null : bounded(unixSeconds - clock.instant().getEpochSecond());
  }

  /**
   * Reads {@code Retry-After} alone: the headers of a rate limit come with other answers too, and
   * say nothing of them.
   *
   * @return 0 to {@link #MAX}; null: it isn't there, or can't be read
   */
  public static @Nullable Duration named(Headers headers, Clock clock) {
    return headers.get("Retry-After") == null ? null : of(headers, clock);
  }

  private static @Nullable Long number(String text) {
    return text.strip().matches("\\d{1,18}") ? Long.valueOf(text.strip()) : null;
  }

  private static @Nullable Duration untilDate(String text, Clock clock) {
    try {
      Instant date =
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return bounded(date.getEpochSecond() - clock.instant().getEpochSecond());
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Duration bounded(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, 0, MAX.toSeconds()));
  }
}
