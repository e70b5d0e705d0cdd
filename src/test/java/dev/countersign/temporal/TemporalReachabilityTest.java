package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.loopback.MutableClock;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TemporalReachabilityTest {
  private final FakeTemporalServer server = new FakeTemporalServer();
  private final MutableClock clock = new MutableClock();
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
}
