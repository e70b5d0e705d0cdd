package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServerTimeTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private long nanos = 1_000;
  private final ServerTime time = new ServerTime(() -> nanos);

  @Test
  void goesOnFromWhenTheServerStartedTheAttempt() {
    var clock = time.at(NOON.toEpochMilli());
    pass(Duration.ofSeconds(3));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
  }

  /** The server had started it four seconds before it arrived. */
  @Test
  void isNotHeldUpByAnAttemptThatWasLongOnItsWay() {
    time.at(NOON.toEpochMilli());
    pass(Duration.ofSeconds(10));
    assertThat(time.at(NOON.plusSeconds(6).toEpochMilli()).instant())
        .isEqualTo(NOON.plusSeconds(10));
  }

  @Test
  void believesAServerWhoseClockWasSetBackAfterSomeMinutes() {
    time.at(NOON.toEpochMilli());
    for (int minute = 0; minute < 12; minute++) {
      pass(Duration.ofMinutes(1));
      time.at(NOON.minusSeconds(90).plusSeconds(60L * (minute + 1)).toEpochMilli());
    }
    assertThat(time.at(NOON.minusSeconds(90).plusSeconds(720).toEpochMilli()).instant())
        .isEqualTo(NOON.minusSeconds(90).plusSeconds(720));
  }

  private void pass(Duration passed) {
    nanos += passed.toNanos();
  }
}
