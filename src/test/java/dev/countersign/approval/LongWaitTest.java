package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the settings as they are by default: a wait keeps its slot until the decision. */
@Timeout(120)
class LongWaitTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private final PaymentWorld world =
      new PaymentWorld(new PollingSettings(null, 1_000, null, null, null));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void takesTwoDaysAndNoMoreHistoryThanAShortWait() {
    world.provider.requestsLive(Duration.ofMinutes(11));
    world.provider.approvesAfter(Duration.ofMinutes(1));
    WorkflowStub shortOne = world.start();
    assertThat(PaymentWorld.end(shortOne)).isInstanceOf(Decision.Approved.class);
    int before = world.provider.polls().size();

    world.provider.requestsLive(TWO_DAYS.plusHours(1));
    world.provider.approvesAfter(TWO_DAYS);
    WorkflowStub longOne = world.start();
    world.environment.sleep(Duration.ofDays(1));
    assertThat(world.waits.waiting()).isZero();
    assertThat(PaymentWorld.end(longOne)).isInstanceOf(Decision.Approved.class);

    assertThat(world.history(longOne)).hasSameSizeAs(world.history(shortOne));
    List<Instant> polls = world.provider.polls().subList(before, world.provider.polls().size());
    assertThat(polls).hasSizeBetween(2_900, 3_200);
    assertThat(world.provider.tooEarly()).isEmpty();
    assertThat(IntStream.range(1, polls.size()))
        .allSatisfy(poll ->
            assertThat(Duration.between(polls.get(poll - 1), polls.get(poll)))
                .isLessThan(Duration.ofMinutes(2))); // a minute, and what the machine takes
  }

  @Test
  void expiresAtItsEndAndPollsNoMore() {
    world.provider.requestsLive(Duration.ofHours(3));
    WorkflowStub payment = world.start();
    assertThat(PaymentWorld.end(payment)).isEqualTo(new Decision.Expired());
    Instant last = world.provider.polls().getLast();
    assertThat(last).isAfter(world.provider.polls().getFirst().plus(Duration.ofMinutes(179)));
    int polls = world.provider.polls().size();
    world.environment.sleep(Duration.ofHours(1));
    assertThat(world.provider.polls()).hasSize(polls);
  }
}
