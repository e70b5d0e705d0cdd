package dev.countersign.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApprovedCallsTest {
  static final String CALL = "shop_online-0123456789abcdef0123456789abcdef-12ab";

  private final Set<String> waiting = new HashSet<>(Set.of(CALL));
  private final Set<String> begunElsewhere = new HashSet<>();
  private final List<List<String>> asked = new ArrayList<>();
  private Instant now = Instant.parse("2030-01-01T12:00:00Z");
  private final ApprovedCalls calls =
      new ApprovedCalls(
          new ApprovedCalls.CallLooks() {
            @Override
            public List<String> waiting(List<String> ids) {
              asked.add(ids);
              return ids.stream().filter(waiting::contains).toList();
            }

            @Override
            public boolean awaitsRun(String id, Instant approvedAt) {
              return !begunElsewhere.contains(id);
            }
          },
          () -> now);

  @BeforeEach
  void listen() {
    calls.begin();
  }

  @AfterEach
  void close() {
    calls.close();
  }

  private static void write(AuditEvent event, String outcome) {
    AuditEntry.of(event).call(CALL).outcome(outcome).write();
  }

  private void late() {
    now = now.plus(ApprovedCalls.PATIENCE);
  }

  @Test
  void countsWhatWasApprovedAndNobodyRuns() {
    write(AuditEvent.DECIDED, "approved");
    assertThat(calls.look()).isZero(); // the run follows within a moment

    late();

    assertThat(calls.look()).isOne();
    assertThat(calls.look()).isOne();
  }

  @Test
  void asksTemporalOfNothingThatRunsHere() {
    write(AuditEvent.DECIDED, "approved");
    write(AuditEvent.RUN_BEGUN, "none");
    late();

    assertThat(calls.look()).isZero();
    assertThat(asked).isEmpty();
  }

  @Test
  void countsNothingThatEndedOrRunsElsewhere() {
    write(AuditEvent.DECIDED, "approved");
    late();
    waiting.clear();
    assertThat(calls.look()).isZero();

    write(AuditEvent.DECIDED, "approved");
    late();
    waiting.add(CALL);
    begunElsewhere.add(CALL);
    assertThat(calls.look()).isZero();
    begunElsewhere.clear();
    assertThat(calls.look()).isZero();
  }

  @Test
  void countsNoOtherDecision() {
    write(AuditEvent.DECIDED, "denied");
    late();

    assertThat(calls.look()).isZero();
  }
}
