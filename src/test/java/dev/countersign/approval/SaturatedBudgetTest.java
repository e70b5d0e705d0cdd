package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sixty decisions are waited for at one second, by a process that may poll thirty times a second.
 */
@Timeout(60)
class SaturatedBudgetTest {
  private static final int PAYMENTS = 60;
  private static final double POLLS_PER_SECOND = 30;
  private static final double TOO_FEW_POLLS_PER_SECOND = 10;
  private static final Duration LIFE = Duration.ofSeconds(9);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** What all polls take when each request is polled once. */
  private static final Duration BACKLOG =
      Duration.ofMillis((long) (1_000 * PAYMENTS / POLLS_PER_SECOND));

  @Test
  void honoursWhatIsApprovedBeforeTheLastIntervalAndTheBacklog() {
    try (PaymentWorld world = world(POLLS_PER_SECOND)) {
      world.provider.approvesAfter(LIFE.minus(INTERVAL).minus(BACKLOG).minus(PollQueue.LAST_POLL));
      assertThat(start(world))
          .allSatisfy(payment ->
              assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class));
    }
  }

  @Test
  void tellsTheTruthWhereItCouldNotAskInTime() {
    try (PaymentWorld world = world(TOO_FEW_POLLS_PER_SECOND)) {
      world.provider.approvesAfter(LIFE.minusMillis(1_800));
      List<Decision> ends = start(world).stream().map(PaymentWorld::end).toList();
      assertThat(ends)
          .allSatisfy(end ->
              assertThat(end)
                  .satisfiesAnyOf(
                      fetched -> assertThat(fetched).isInstanceOf(Decision.Approved.class),
                      late -> assertThat(late.error()).isEqualTo(ApprovalError.NOT_ASKED_IN_TIME)));
      assertThat(ends)
          .hasAtLeastOneElementOfType(Decision.Approved.class)
          .anySatisfy(end -> assertThat(end.error()).isEqualTo(ApprovalError.NOT_ASKED_IN_TIME));
    }
  }

  private static PaymentWorld world(double pollsPerSecond) {
    PaymentWorld world =
        new PaymentWorld(new PollingSettings(null, pollsPerSecond, null, null, null));
    world.provider.wantsInterval(INTERVAL);
    world.provider.requestsLive(LIFE);
    return world;
  }

  private static List<WorkflowStub> start(PaymentWorld world) {
    return IntStream.range(0, PAYMENTS).mapToObj(_ -> world.start()).toList();
  }
}
