package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
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
    Pace pace = new Pace(Duration.ofSeconds(interval), 3, false);
    Pace slowed =
        pace.slowedDown(
            retryAfter == null ? null : Duration.ofSeconds(retryAfter),
            wished == null ? null : Duration.ofSeconds(wished));
    assertThat(slowed.interval()).isEqualTo(Duration.ofSeconds(slower));
  }

  @Test
  void knowsWhetherTheServerHasWaitedForTheAttempt() {
    Pace pace = new Pace(Duration.ofSeconds(5), 0, false).yieldedBy(3);
    assertThat(pace.hasYieldedTo(4)).isTrue();
    assertThat(pace.hasYieldedTo(5)).isFalse();
    assertThat(new Pace(Duration.ofSeconds(5), 0, false).hasYieldedTo(1)).isFalse();
  }

  @Test
  void mayHaveMissedAnAnswerOnceAnAttemptWasKilled() {
    Pace pace = new Pace(Duration.ofSeconds(5), 0, false).yieldedBy(3);
    assertThat(pace.takenOverBy(4).missed()).isFalse();
    assertThat(pace.takenOverBy(5).missed()).isTrue();
    assertThat(new Pace(Duration.ofSeconds(5), 0, false).takenOverBy(1).missed()).isFalse();
  }
}
