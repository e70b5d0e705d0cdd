package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TemporalReachabilityTest {
  private final FakeTemporalServer server = new FakeTemporalServer();
  private long nanos = Long.MAX_VALUE - 1; // the origin is arbitrary
  private final TemporalReachability reachability = new TemporalReachability(server, () -> nanos);

  @Test
  void isNotReachableBeforeTheFirstAnswer() {
    assertThat(reachability.isReachable()).isFalse();
  }

  @Test
  void staysReachableForTenSecondsAfterAnAnswer() {
    reachability.ping();
    advance(Duration.ofSeconds(10));
    assertThat(reachability.isReachable()).isTrue();
    advance(Duration.ofMillis(1));
    assertThat(reachability.isReachable()).isFalse();
  }

  @Test
  void failedPingChangesNothingByItself() {
    reachability.ping();
    server.failsWith(Status.UNAVAILABLE, Integer.MAX_VALUE);
    advance(Duration.ofSeconds(6));
    reachability.ping();
    assertThat(reachability.isReachable()).isTrue();
    advance(Duration.ofSeconds(6));
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
  void looksForWhoIsAwayEachSecond() {
    reachability.look();
    advance(Duration.ofSeconds(4));
    reachability.look();
    assertThat(server.calls).hasValue(1);
    server.failsWith(Status.UNAVAILABLE, Integer.MAX_VALUE);
    advance(Duration.ofSeconds(1));
    reachability.look();
    server.answers();
    advance(Duration.ofSeconds(1));
    reachability.look();
    advance(Duration.ofSeconds(10));
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

  private void advance(Duration duration) {
    nanos += duration.toNanos();
  }
}
