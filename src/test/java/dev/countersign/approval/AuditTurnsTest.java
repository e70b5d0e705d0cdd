package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.WorkflowExecution;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditTurnsTest {
  private final AuditTurns turns = new AuditTurns();

  private static WorkflowExecution workflow(int number) {
    return WorkflowExecution.newBuilder().setRunId("run " + number).build();
  }

  private static List<WorkflowExecution> workflows(int number) {
    return IntStream.range(0, number).mapToObj(AuditTurnsTest::workflow).toList();
  }

  private List<WorkflowExecution> next(List<WorkflowExecution> listed) {
    return turns.next(listed, Set.of(), Set.of());
  }

  @Test
  void looksAtEachThatIsNotWaitedForHere() {
    assertThat(turns.next(workflows(3), Set.of("run 1"), Set.of()))
        .containsExactly(workflow(0), workflow(2));
  }

  @Test
  void looksAtOneAgainAfterAsManyAuditsAsWereSaid() {
    List<WorkflowExecution> one = workflows(1);
    next(one).forEach(workflow -> turns.looked(workflow, 2));
    assertThat(next(one)).isEmpty();
    assertThat(next(one)).hasSize(1);
  }

  /** Ten thousand that are looked at in each audit would be most of the server's work. */
  @Test
  void looksAtFewOfManyAndAtAllInTurn() {
    List<WorkflowExecution> many = workflows(10_000);
    Set<WorkflowExecution> looked = new HashSet<>();
    for (int audit = 0; audit < 10_000 / AuditTurns.LOOKS; audit++) {
      List<WorkflowExecution> some = next(many);
      assertThat(some).hasSize(AuditTurns.LOOKS);
      some.forEach(workflow -> turns.looked(workflow, 1));
      looked.addAll(some);
    }
    assertThat(looked).hasSameSizeAs(many);
  }

  @Test
  void looksFirstAtThoseThatWereSuspectBefore() {
    assertThat(turns.next(workflows(1_000), Set.of(), Set.of("run 999")).getFirst())
        .isEqualTo(workflow(999));
  }
}
