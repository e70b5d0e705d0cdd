package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TemporalReachabilityTest {
  private final FakeTemporalServer server = new FakeTemporalServer();
  private final Ticks clock = new Ticks();
  private final TemporalReachability reachability = new TemporalReachability(server, clock);

  @Test
  void isNotReachableBeforeTheFirstAnswer() {
    assertThat(reachability.isReachable()).isFalse();
  }

  @Test
  void staysReachableForTenSecondsAfterAnAnswer() {
    reachability.ping();
    clock.advance(Duration.ofSeconds(10));
    assertThat(reachability.isReachable()).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(reachability.isReachable()).isFalse();
  }

  @Test
  void failedPingChangesNothingByItself() {
    reachability.ping();
    server.failsWith(Status.UNAVAILABLE, Integer.MAX_VALUE);
    clock.advance(Duration.ofSeconds(6));
    reachability.ping();
    assertThat(reachability.isReachable()).isTrue();
    clock.advance(Duration.ofSeconds(6));
    assertThat(reachability.isReachable()).isFalse();
  }

  @Test
  void isReachableAgainAtTheNextAnswer() {
    server.failsWith(Status.UNAVAILABLE, Integer.MAX_VALUE);
    reachability.ping();
    server.answers();
    reachability.ping();
    assertThat(reachability.isReachable()).isTrue();
  }

  @Test
  void pingsByItselfOnceStarted() {
    reachability.start();
    try {
      await().atMost(Duration.ofSeconds(5)).until(reachability::isReachable);
    } finally {
      reachability.stop();
    }
    assertThat(reachability.isRunning()).isFalse();
  }

  /** A clock that a test moves. */
  private static final class Ticks extends Clock {
    private volatile Instant now = Instant.parse("2026-11-24T12:00:00Z");

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
