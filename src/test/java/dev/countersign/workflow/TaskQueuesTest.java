package dev.countersign.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskQueuesTest {

  @Test
  void namesEveryQueueByThePrefix() {
    TaskQueues queues = new TaskQueues("Order service");
    assertThat(queues.workflows()).isEqualTo("Order service");
    assertThat(queues.waits()).isEqualTo("Order service-approvals");
    assertThat(queues.leases()).isEqualTo("Order service-leases");
    assertThat(queues.lease("1@host")).isEqualTo("Order service-lease-1@host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a'b",
        "a\"b",
        "a\\b",
        "a\nb",
        "orders-approvals",
        "orders-leases",
        "/_sys/orders"
      })
  void refusesWhatIsNoNameOrCouldBeAnothersQueue(String prefix) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TaskQueues(prefix))
        .withMessageEndingWith("but is \"" + prefix + "\"");
  }

  @Test
  void refusesALongName() {
    assertThat(new TaskQueues("a".repeat(100)).workflows()).hasSize(100);
    assertThatIllegalArgumentException().isThrownBy(() -> new TaskQueues("a".repeat(101)));
  }
}
