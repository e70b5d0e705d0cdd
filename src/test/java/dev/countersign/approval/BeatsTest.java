package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BeatsTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(12);

  /** A question that lives for five minutes, and two more for the last answer. */
  @Test
  void costsTheServerNothingWhenTheAttemptEndsBeforeItsTimeout() {
    Beats beats = new Beats(TIMEOUT, Duration.ofMinutes(7));
    assertThat(beats.isDue(Duration.ofMinutes(7), Duration.ofMinutes(7))).isFalse();
  }

  @Test
  void isDueAtHalfTheTimeout() {
    Beats beats = new Beats(TIMEOUT, Duration.ofHours(4));
    assertThat(beats.isDue(Duration.ofMinutes(5), Duration.ofMinutes(5))).isFalse();
    assertThat(beats.isDue(Duration.ofMinutes(6), Duration.ofMinutes(6))).isTrue();
    assertThat(beats.isDue(Duration.ofMinutes(1), Duration.ofMinutes(60))).isFalse();
  }

  @Test
  void isNotDueAnyMoreWhenTheLastOneLastsToTheEnd() {
    Beats beats = new Beats(TIMEOUT, Duration.ofMinutes(20));
    assertThat(beats.isDue(Duration.ofMinutes(6), Duration.ofMinutes(12))).isTrue();
    assertThat(beats.isDue(Duration.ofMinutes(6), Duration.ofMinutes(15))).isFalse();
  }

  /** Of an older worker's attempt the timeout may be shorter. */
  @Test
  void doesNotPollNearTheAttemptsOwnTimeout() {
    assertThat(new Beats(Duration.ofMinutes(6), Duration.ofHours(4)).confirmedFor())
        .isEqualTo(Duration.ofSeconds(324));
  }
}
