package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10                            | PT10S
          0                             | PT0S
          99999999999                   | PT72H
          Tue, 24 Nov 2026 12:00:30 GMT | PT30S
          Tue, 24 Nov 2026 11:00:00 GMT | PT0S
          -5                            |
          soon                          |
          """)
  void secondsOrDate(String header, @Nullable Duration expected) {
    assertThat(RetryAfter.of(Headers.of("Retry-After", header), CLOCK)).isEqualTo(expected);
  }

  @Test
  void unixSecondsOfARateLimitWhenThereIsNoRetryAfter() {
    String reset = Long.toString(CLOCK.instant().plusSeconds(7).getEpochSecond());

    assertThat(RetryAfter.of(Headers.of("x-ratelimit-reset", reset), CLOCK))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(RetryAfter.of(Headers.of("x-ratelimit-reset", reset, "Retry-After", "3"), CLOCK))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(RetryAfter.of(Headers.of(), CLOCK)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After, 'Tue, 24 Nov 2026 12:10:30 GMT'",
    "x-ratelimit-reset, 1795522230" // the same
  })
  void aTimeCountsFromTheAnswersOwnDate(String name, String value) {
    String date = "Tue, 24 Nov 2026 12:10:00 GMT";

    assertThat(RetryAfter.of(Headers.of(name, value, "Date", date), CLOCK))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryAfter.of(Headers.of(name, value, "Date", "today"), CLOCK))
        .isEqualTo(Duration.ofSeconds(630));
    assertThat(RetryAfter.of(Headers.of("Retry-After", "7", "Date", date), CLOCK))
        .isEqualTo(Duration.ofSeconds(7));
  }
}
