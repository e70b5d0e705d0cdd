package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process with two slots, in real time: time isn't skipped while an attempt is under way. */
@Timeout(60)
class SlotSharingTest {
  private static final Duration HOLD = Duration.ofMillis(300);

  @Test
  void sixDecisionsAreWaitedForInTwoSlots() {
    PollingSettings wholeWait = new PollingSettings(null, 100, null, null, null);
    try (PaymentWorld world = new PaymentWorld(wholeWait, 2);
        SlotSharing _ =
            new SlotSharing(
                world.environment.getWorkflowClient(),
                PaymentWorld.QUEUES.waits(),
                world.waits,
                2,
                HOLD,
                HOLD)) {
      world.provider.wantsInterval(Duration.ofMillis(100));
      world.provider.requestsLive(Duration.ofSeconds(40));
      List<WorkflowStub> payments = IntStream.range(0, 6).mapToObj(_ -> world.start()).toList();
      // which of those that wait for a slot gets it, this server decides by chance
      await().atMost(Duration.ofSeconds(20)).until(() -> world.provider.polledFor() > 3);
      world.provider.approvesAfter(Duration.ZERO);
      assertThat(payments)
          .allSatisfy(payment ->
              assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class));
    }
  }
}
