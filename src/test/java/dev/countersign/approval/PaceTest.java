package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  private static final Instant QUIET = Instant.parse("2030-01-01T12:00:00Z");
  private static final Duration FIVE = Duration.ofSeconds(5);

  @ParameterizedTest
  @CsvSource({
    "5, , , 10",
    "5, 20, , 20",
    "5, 3, , 10",
    "5, , 30, 30",
    "10, 20, 40, 40",
    "40, 5, 5, 45"
  })
  void slowsDownByAtLeastFiveSecondsAndAsMuchAsTheProviderWants(
      long interval, Long retryAfter, Long wished, long slower) {
    Pace pace = Pace.of(Duration.ofSeconds(interval), false).yieldedBy(3, QUIET);
    Pace slowed =
        pace.slowedDown(
            retryAfter == null ? null : Duration.ofSeconds(retryAfter),
            wished == null ? null : Duration.ofSeconds(wished));
    assertThat(slowed.interval()).isEqualTo(Duration.ofSeconds(slower));
  }

  @Test
  void knowsWhetherTheServerHasWaitedForTheAttempt() {
    Pace pace = Pace.of(FIVE, false).yieldedBy(3, QUIET);
    assertThat(pace.hasYieldedTo(4)).isTrue();
    assertThat(pace.hasYieldedTo(5)).isFalse();
    assertThat(Pace.of(FIVE, false).hasYieldedTo(1)).isFalse();
  }

  @Test
  void mayHaveMissedAnAnswerOnceAnAttemptWasKilled() {
    Pace pace = Pace.of(FIVE, false).yieldedBy(3, QUIET);
    assertThat(pace.takenOverBy(4, FIVE).missed()).isFalse();
    assertThat(pace.takenOverBy(5, FIVE).missed()).isTrue();
    assertThat(Pace.of(FIVE, false).takenOverBy(1, FIVE).missed()).isFalse();
  }

  @Test
  void ofAProcessThatIsGoneKeepsTheIntervalAsFarAsItIsKnown() {
    Pace slower = Pace.of(Duration.ofSeconds(10), false).answered(QUIET.minusSeconds(3));

    assertThat(Pace.ofGone(slower, QUIET).takenOverBy(2, FIVE))
        .isEqualTo(new Pace(Duration.ofSeconds(10), 0, true, QUIET.minusSeconds(3), QUIET, null));
    assertThat(Pace.ofGone(null, QUIET).takenOverBy(2, FIVE))
        .isEqualTo(new Pace(FIVE, 0, true, null, QUIET, null));
  }
}
