package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ReAskTest {
  private final PaymentWorld world = new PaymentWorld(PaymentWorld.polling());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void asksOnlyOnceUnlessToldOtherwise() {
    WorkflowStub payment = world.start();
    assertThat(PaymentWorld.end(payment)).isEqualTo(new Decision.Expired());
    assertThat(world.provider.rings()).hasSize(1);
    assertThat(told(payment)).isEmpty();
  }

  /** Each question lives for five minutes. */
  @ParameterizedTest
  @CsvSource({"1, PT24H, 2", "3, PT24H, 4", "3, PT12M, 3", "3, PT1M, 1"})
  void asksAgainAsOftenAndAsLongAsAllowed(int times, Duration within, int rings) {
    WorkflowStub payment = world.start(request(new ReAsk(times, within)));
    assertThat(PaymentWorld.end(payment)).isEqualTo(new Decision.Expired());
    assertThat(world.provider.rings()).hasSize(rings);
    assertThat(told(payment)).hasSize(rings - 1);
  }

  @Test
  void takesTheApprovalOfALaterQuestion() {
    WorkflowStub payment = world.start(request(new ReAsk(1, Duration.ofHours(1))));
    world.environment.sleep(Duration.ofMinutes(6));
    world.provider.approvesAfter(Duration.ofSeconds(90));
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(world.provider.rings()).hasSize(2);
    assertThat(told(payment))
        .containsExactly("No approval arrived in time, so your phone will be asked once more.");
  }

  @Test
  void doesNotAskAgainAfterADenial() {
    world.provider.deniesAfter(Duration.ofSeconds(20));
    WorkflowStub payment = world.start(request(new ReAsk(3, Duration.ofHours(1))));
    assertThat(PaymentWorld.end(payment)).isEqualTo(new Decision.Denied());
    assertThat(world.provider.rings()).hasSize(1);
  }

  private static ApprovalRequest request(ReAsk reAsk) {
    return PaymentWorld.request("alice", reAsk);
  }

  @SuppressWarnings("unchecked")
  private static List<String> told(WorkflowStub payment) {
    return payment.query("told", List.class);
  }
}
