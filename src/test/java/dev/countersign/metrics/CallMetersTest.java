package dev.countersign.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What alerts hang on: each number that is looked up is in its own series. */
class CallMetersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PENDING = 7;
  private static final int OVERDUE = 3;

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private volatile Instant now = Instant.parse("2030-01-01T12:00:00Z");

  /** All began at once; and some expire. */
  private static long count(String query) {
    if (query.contains("ApprovalExpiresAt")) {
      return OVERDUE;
    }
    return query.contains("StartTime") ? 0 : PENDING;
  }

  @Test
  void eachIsInItsSeries() {
    try (ApprovedCalls approved = new ApprovedCalls(new Unrun(), () -> now).begin()) {
      AuditEntry.of(AuditEvent.DECIDED).call(ApprovedCallsTest.CALL).outcome("approved").write();
      now = now.plus(ApprovedCalls.PATIENCE);
      new CallMeters(new PendingCalls("Waits", CallMetersTest::count, () -> now), approved)
          .bindTo(meters);

      await().atMost(PATIENCE).until(() -> value("pending") == PENDING);
      await().atMost(PATIENCE).until(() -> value("overdue") == OVERDUE);
      await().atMost(PATIENCE).until(() -> value("unrun") == 1);
      assertThat(value("oldest")).isLessThan(5);
    }
  }

  private double value(String name) {
    return meters.get("countersign.approvals." + name).gauge().value();
  }

  /** No call runs. */
  private static final class Unrun implements ApprovedCalls.CallLooks {
    @Override
    public List<String> waiting(List<String> ids) {
      return ids;
    }

    @Override
    public boolean awaitsRun(String id, Instant approvedAt) {
      return true;
    }
  }
}
