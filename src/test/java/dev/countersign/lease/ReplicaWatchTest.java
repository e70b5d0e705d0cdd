package dev.countersign.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplicaWatchTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ScriptedServer server = new ScriptedServer();
  private long nanos;
  private Instant wall = Instant.parse("2030-01-01T12:00:00Z");
  private final ReplicaWatch watch =
      new ReplicaWatch(server, new Stopwatch(() -> nanos, () -> wall));

  @Test
  void isCountedOnceNobodyElseIsListed() {
    watch.tick(true);
    assertThat(watch.replicas()).isEqualTo(new Replicas(1, false));
    pass(ReplicaWatch.LISTED_WITHIN);
    watch.tick(true);
    assertThat(watch.replicas()).isEqualTo(Replicas.ALONE);
  }

  @Test
  void isCountedOnceAllOthersHaveLooked() {
    server.others = 2;
    for (Duration held = Duration.ZERO;
        held.compareTo(ReplicaWatch.COUNTED_WITHIN) < 0;
        held = held.plus(SECOND)) {
      watch.tick(true);
      assertThat(watch.replicas()).isEqualTo(new Replicas(3, false));
      pass(SECOND);
    }
    watch.tick(true);
    assertThat(watch.replicas()).isEqualTo(new Replicas(3, true));
  }

  @Test
  void looksNowAndThenAndHearsOfWhoComesAndGoes() {
    joinAlone();
    int looks = server.looks;
    server.others = 1;
    pass(ReplicaWatch.BETWEEN_LOOKS.minus(SECOND));
    watch.tick(true);
    assertThat(server.looks).isEqualTo(looks);
    pass(SECOND);
    watch.tick(true);
    assertThat(watch.replicas()).isEqualTo(new Replicas(2, true));
    server.others = 0;
    pass(ReplicaWatch.BETWEEN_LOOKS);
    watch.tick(true);
    assertThat(watch.replicas()).isEqualTo(Replicas.ALONE);
  }

  @Test
  void keepsWhatItKnowsWhileNobodySaysIt() {
    joinAlone();
    server.others = 3;
    pass(ReplicaWatch.BETWEEN_LOOKS);
    watch.tick(true);
    server.others = -1;
    pass(ReplicaWatch.BETWEEN_LOOKS);
    watch.tick(true);
    assertThat(watch.replicas()).isEqualTo(new Replicas(4, true));
  }

  /** Better a poll too many than none ever, where lists are away for long. */
  @Test
  void isCountedAfterAWhileThoughNobodyHasSaidIt() {
    server.others = -1;
    watch.tick(true);
    pass(ReplicaWatch.COUNTED_WITHIN);
    watch.tick(true);
    assertThat(watch.replicas()).isEqualTo(Replicas.ALONE);
  }

  @Test
  void isNotCountedAnyMoreOnceItsLeaseHasLapsed() {
    server.others = 1;
    watch.tick(true);
    pass(ReplicaWatch.COUNTED_WITHIN);
    watch.tick(true);
    assertThat(watch.replicas().counted()).isTrue();
    watch.tick(false);
    assertThat(watch.replicas().counted()).isFalse();
    watch.tick(true);
    assertThat(watch.replicas().counted()).isFalse();
  }

  private void joinAlone() {
    watch.tick(true);
    pass(ReplicaWatch.LISTED_WITHIN);
    watch.tick(true);
    assertThat(watch.replicas()).isEqualTo(Replicas.ALONE);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    wall = wall.plus(time);
  }
}
