package dev.countersign.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
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
   * How long it is until a time that the server names, by the server's own clock: the answer's
   * {@code Date}. Reads {@code Retry-After}, seconds or a date (RFC 9110 10.2.3), and where there
   * is none {@code x-ratelimit-reset}, Unix seconds (Auth0).
   *
   * @param clock tells the time there if the answer doesn't
   * @return 0 to {@link #MAX}; null: the server says nothing that can be read
   */
  public static @Nullable Duration of(Headers headers, Clock clock) {
    String retryAfter = headers.get("Retry-After");
    if (retryAfter != null) {
      Long seconds = number(retryAfter);
      return seconds == null ? until(date(retryAfter), headers, clock) : bounded(seconds);
    }
    String reset = headers.get("x-ratelimit-reset");
    return reset == null ? null : until(number(reset), headers, clock);
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

  private static @Nullable Duration until(
      @Nullable Long unixSeconds, Headers headers, Clock clock) {
    if (unixSeconds == null) {
      return null;
    }
    String date = headers.get("Date");
    Long answeredAt = date == null ? null : date(date);
    return bounded(
        unixSeconds - (answeredAt == null ? clock.instant().getEpochSecond() : answeredAt));
  }

  /** Seconds since 1970; null: it is no date. */
  private static @Nullable Long date(String text) {
    try {
      return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
          .toEpochSecond();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Duration bounded(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, 0, MAX.toSeconds()));
  }
}
