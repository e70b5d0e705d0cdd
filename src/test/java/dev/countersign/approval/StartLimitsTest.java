package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class StartLimitsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** What each start that waits has been given, and when. */
  private final Map<String, Map.Entry<Instant, Reserved>> waiting = new HashMap<>();

  /** Asks with what the start was given before, wherever; zero: started. */
  private Duration start(StartLimits limits, String id, String user, Instant now) {
    var given = waiting.remove(id);
    var reserved =
        limits.start(
            user,
            now,
            given == null ? null : given.getValue().after(Duration.between(given.getKey(), now)));
    reserved.ifPresent(it -> waiting.put(id, Map.entry(now, it)));
    return reserved.map(Reserved::left).orElse(Duration.ZERO);
  }

  @Test
  void placesStartsSoThatNoMinuteHasTooMany() {
    StartLimits limits = new StartLimits(() -> 1, 2, null);
    assertThat(IntStream.range(0, 5).mapToObj(id -> start(limits, "w" + id, "alice", NOW)))
        .containsExactly(Duration.ZERO, Duration.ZERO, MINUTE, MINUTE, MINUTE.multipliedBy(2));
  }

  @Test
  void saysHowLongAStartWouldBeDelayed() {
    StartLimits limits = new StartLimits(() -> 1, 2, 1);
    assertThat(limits.delay(NOW)).isZero();
    start(limits, "w1", "alice", NOW);
    start(limits, "w2", "alice", NOW); // is delayed by a limit of her own
    assertThat(limits.delay(NOW)).isZero();
    start(limits, "w3", "bob", NOW);

    assertThat(limits.delay(NOW)).isEqualTo(MINUTE);
    assertThat(limits.delay(NOW.plusSeconds(20))).isEqualTo(Duration.ofSeconds(40));
    assertThat(limits.delay(NOW)).as("as often as somebody asks").isEqualTo(MINUTE);
    assertThat(limits.delay(NOW.plus(MINUTE))).isZero();
  }

  @Test
  void letsWhoeverWaitedThroughAndKeepsTheirPlace() {
    StartLimits limits = new StartLimits(() -> 1, 1, null);
    assertThat(start(limits, "first", "alice", NOW)).isZero();
    assertThat(start(limits, "second", "bob", NOW)).isEqualTo(MINUTE);
    assertThat(start(limits, "second", "bob", NOW.plusSeconds(20)))
        .isEqualTo(Duration.ofSeconds(40));
    Instant later = NOW.plus(MINUTE);
    assertThat(start(limits, "third", "carol", later)).isEqualTo(MINUTE);
    assertThat(start(limits, "second", "bob", later)).isZero();
  }

  @Test
  void countsEachUserForThemselves() {
    StartLimits limits = new StartLimits(() -> 1, null, 1);
    assertThat(start(limits, "w1", "alice", NOW)).isZero();
    assertThat(start(limits, "w2", "alice", NOW)).isEqualTo(MINUTE);
    assertThat(start(limits, "w3", "bob", NOW)).isZero();
  }

  @Test
  void countsAStartDelayedByBothLimitsOnce() {
    StartLimits limits = new StartLimits(() -> 1, 1, 1);
    assertThat(start(limits, "w1", "bob", NOW)).isZero();
    assertThat(start(limits, "w2", "alice", NOW)).isEqualTo(MINUTE);
    Instant later = NOW.plus(MINUTE);
    assertThat(start(limits, "w2", "alice", later)).isZero();
    assertThat(start(limits, "w3", "alice", later)).isEqualTo(MINUTE);
  }

  /** Others fill the first minute; alice's places there are worth nothing before theirs are. */
  @Test
  void keepsAUsersLimitWhenAllHaveWaitedLong() {
    StartLimits limits = new StartLimits(() -> 1, 4, 1);
    for (int other = 0; other < 12; other++) {
      start(limits, "o" + other, "other" + other, NOW);
    }
    assertThat(start(limits, "w1", "alice", NOW)).isEqualTo(MINUTE.multipliedBy(3));
    assertThat(start(limits, "w2", "alice", NOW)).isEqualTo(MINUTE);
    assertThat(start(limits, "w2", "alice", NOW.plus(MINUTE))).isEqualTo(MINUTE.multipliedBy(2));
    Instant later = NOW.plus(MINUTE.multipliedBy(3));
    assertThat(start(limits, "w1", "alice", later)).isZero();
    assertThat(start(limits, "w2", "alice", later)).isEqualTo(MINUTE);
    assertThat(start(limits, "w2", "alice", later.plus(MINUTE))).isZero();
  }

  @Test
  void delaysNobodyForLongWhenTheClockWasWrong() {
    StartLimits limits = new StartLimits(() -> 1, 1, 1);
    assertThat(start(limits, "w1", "alice", NOW.plus(Duration.ofHours(2)))).isZero();
    assertThat(start(limits, "w2", "alice", NOW)).isZero();
    assertThat(start(limits, "w3", "alice", NOW)).isEqualTo(MINUTE);
  }

  @Test
  void forgetsUsersAfterAMinute() {
    StartLimits limits = new StartLimits(() -> 1, null, 5);
    for (int user = 0; user < 1_000; user++) {
      assertThat(start(limits, "w" + user, "user" + user, NOW)).isZero();
    }
    assertThat(limits.users()).isEqualTo(1_000);
    assertThat(start(limits, "late", "late", NOW.plus(MINUTE.multipliedBy(2)))).isZero();
    assertThat(limits.users()).isEqualTo(1);
  }

  @Test
  void letsThroughWhoWasDelayedByAnotherProcess() {
    StartLimits one = new StartLimits(() -> 1, 1, 1);
    StartLimits other = new StartLimits(() -> 1, 1, 1);
    assertThat(start(one, "w1", "alice", NOW)).isZero();
    assertThat(start(one, "w2", "bob", NOW)).isEqualTo(MINUTE);
    assertThat(start(other, "w3", "carol", NOW)).isZero();
    assertThat(start(other, "w4", "dave", NOW)).isEqualTo(MINUTE);

    Instant later = NOW.plus(MINUTE);
    assertThat(start(other, "w2", "bob", later)).isZero();
    assertThat(start(one, "w4", "dave", later)).isZero();
    assertThat(start(one, "w5", "erin", later)).as("the places of each are used up").isPositive();
    assertThat(start(other, "w6", "fred", later)).isPositive();
  }

  @Test
  void takesAPlaceFromWhoComesBackMuchTooLate() {
    StartLimits limits = new StartLimits(() -> 1, 1, null);
    assertThat(start(limits, "w1", "alice", NOW)).isZero();
    assertThat(start(limits, "w2", "bob", NOW)).isEqualTo(MINUTE);
    Instant late = NOW.plus(MINUTE.multipliedBy(3));
    assertThat(start(limits, "w3", "carol", late)).isZero();
    assertThat(start(limits, "w2", "bob", late)).isEqualTo(MINUTE);
  }

  /**
   * Several processes, more starts than all together may make, and each start comes back to any of
   * them, up to half a minute late: over ten minutes all places are used, and no minute has more
   * than twice as many starts as there are places in one.
   */
  @ParameterizedTest
  @CsvSource({"1, 10, ", "2, 10, ", "3, 12, ", "2, 60, 6", "3, , 3", "4, 2, "})
  void processesShareTheirRateWithoutLosingAnyOfIt(
      int processes, @Nullable Integer perMinute, @Nullable Integer perUser) {
    Random random = new Random(processes);
    List<StartLimits> limits =
        IntStream.range(0, processes)
            .mapToObj(_ -> new StartLimits(() -> processes, perMinute, perUser))
            .toList();
    int users = 4;
    int common =
        Math.min(
            perMinute == null ? Integer.MAX_VALUE : perMinute,
            perUser == null ? Integer.MAX_VALUE : perUser * users);
    int minutes = 10;
    PriorityQueue<Map.Entry<Instant, Integer>> asking =
        new PriorityQueue<>(Map.Entry.<Instant, Integer>comparingByKey());
    for (int id = 0; id < common * minutes * 3; id++) {
      asking.add(Map.entry(NOW, id));
    }
    List<Instant> starts = new ArrayList<>();
    Instant end = NOW.plus(MINUTE.multipliedBy(minutes));
    while (!asking.isEmpty() && asking.peek().getKey().isBefore(end)) {
      var next = asking.remove();
      Instant now = next.getKey();
      Duration wait =
          start(
              limits.get(random.nextInt(processes)),
              "w" + next.getValue(),
              "user" + next.getValue() % users,
              now);
      if (wait.isZero()) {
        starts.add(now);
      } else {
        asking.add(Map.entry(now.plus(wait).plusSeconds(random.nextInt(30)), next.getValue()));
      }
    }
    assertThat(starts).hasSizeBetween(common * (minutes - 1), common * minutes);
    for (Instant start : starts) {
      assertThat(starts)
          .filteredOn(it -> !it.isBefore(start) && it.isBefore(start.plus(MINUTE)))
          .hasSizeLessThanOrEqualTo(2 * common);
    }
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
