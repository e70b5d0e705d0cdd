package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StartLimitsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void placesStartsSoThatNoMinuteHasTooMany() {
    StartLimits limits = new StartLimits(2, null);
    assertThat(IntStream.range(0, 5).mapToObj(id -> limits.start("w" + id, "alice", NOW)))
        .containsExactly(Duration.ZERO, Duration.ZERO, MINUTE, MINUTE, MINUTE.multipliedBy(2));
  }

  @Test
  void letsWhoeverWaitedThroughAndKeepsTheirPlace() {
    StartLimits limits = new StartLimits(1, null);
    assertThat(limits.start("first", "alice", NOW)).isZero();
    assertThat(limits.start("second", "bob", NOW)).isEqualTo(MINUTE);
    assertThat(limits.start("second", "bob", NOW.plusSeconds(20)))
        .isEqualTo(Duration.ofSeconds(40));
    Instant later = NOW.plus(MINUTE);
    assertThat(limits.start("third", "carol", later)).isEqualTo(MINUTE);
    assertThat(limits.start("second", "bob", later)).isZero();
  }

  @Test
  void countsEachUserForThemselves() {
    StartLimits limits = new StartLimits(null, 1);
    assertThat(limits.start("w1", "alice", NOW)).isZero();
    assertThat(limits.start("w2", "alice", NOW)).isEqualTo(MINUTE);
    assertThat(limits.start("w3", "bob", NOW)).isZero();
  }

  @Test
  void countsAStartDelayedByBothLimitsOnce() {
    StartLimits limits = new StartLimits(1, 1);
    assertThat(limits.start("w1", "bob", NOW)).isZero();
    assertThat(limits.start("w2", "alice", NOW)).isEqualTo(MINUTE);
    Instant later = NOW.plus(MINUTE);
    assertThat(limits.start("w2", "alice", later)).isZero();
    assertThat(limits.start("w3", "alice", later)).isEqualTo(MINUTE);
  }

  /** Others fill the first minute; alice's places there are worth nothing before theirs are. */
  @Test
  void keepsAUsersLimitWhenAllHaveWaitedLong() {
    StartLimits limits = new StartLimits(4, 1);
    for (int other = 0; other < 12; other++) {
      limits.start("o" + other, "other" + other, NOW);
    }
    assertThat(limits.start("w1", "alice", NOW)).isEqualTo(MINUTE.multipliedBy(3));
    assertThat(limits.start("w2", "alice", NOW)).isEqualTo(MINUTE);
    assertThat(limits.start("w2", "alice", NOW.plus(MINUTE))).isEqualTo(MINUTE.multipliedBy(2));
    Instant later = NOW.plus(MINUTE.multipliedBy(3));
    assertThat(limits.start("w1", "alice", later)).isZero();
    assertThat(limits.start("w2", "alice", later)).isEqualTo(MINUTE);
    assertThat(limits.start("w2", "alice", later.plus(MINUTE))).isZero();
  }

  @Test
  void delaysNobodyForLongWhenTheClockWasWrong() {
    StartLimits limits = new StartLimits(1, 1);
    assertThat(limits.start("w1", "alice", NOW.plus(Duration.ofHours(2)))).isZero();
    assertThat(limits.start("w2", "alice", NOW)).isZero();
    assertThat(limits.start("w3", "alice", NOW)).isEqualTo(MINUTE);
  }

  @Test
  void forgetsUsersAfterAMinute() {
    StartLimits limits = new StartLimits(null, 5);
    for (int user = 0; user < 1_000; user++) {
      assertThat(limits.start("w" + user, "user" + user, NOW)).isZero();
    }
    assertThat(limits.users()).isEqualTo(1_000);
    assertThat(limits.start("late", "late", NOW.plus(MINUTE.multipliedBy(2)))).isZero();
    assertThat(limits.users()).isEqualTo(1);
  }

  @Test
  void delayedStartsAllRingInTheEnd() {
    try (PaymentWorld world =
        new PaymentWorld(new PollingSettings(Duration.ZERO, 100, 4, 2, null))) {
      world.provider.approvesAfter(Duration.ofSeconds(10));
      List<WorkflowStub> payments =
          IntStream.range(0, 7)
              .mapToObj(payment -> world.start(PaymentWorld.request("user" + payment % 2, null)))
              .toList();
      assertThat(payments)
          .allSatisfy(payment ->
              assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class));
      List<Instant> ringsAt = world.provider.ringsAt();
      assertThat(ringsAt).hasSize(7);
      for (int ring = 4; ring < 7; ring++) {
        assertThat(Duration.between(ringsAt.get(ring - 4), ringsAt.get(ring)))
            .isGreaterThanOrEqualTo(MINUTE.minusSeconds(1));
      }
    }
  }

  @Test
  void delaysOfMoreThanTheAskersPatienceFailNothing() {
    try (PaymentWorld world =
        new PaymentWorld(new PollingSettings(Duration.ZERO, 100, null, 1, null))) {
      world.provider.approvesAfter(Duration.ofSeconds(10));
      List<WorkflowStub> payments = IntStream.range(0, 5).mapToObj(_ -> world.start()).toList();
      assertThat(payments)
          .allSatisfy(payment ->
              assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class));
      List<Instant> ringsAt = world.provider.ringsAt();
      assertThat(Duration.between(ringsAt.getFirst(), ringsAt.getLast()))
          .isGreaterThanOrEqualTo(MINUTE.multipliedBy(4).minusSeconds(1));
    }
  }
}
