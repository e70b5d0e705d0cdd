package dev.countersign.approval;

import io.temporal.api.common.v1.WorkflowExecution;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which workflows an audit looks at. Each look is a call of Temporal's server, so there are only so
 * many in one audit, however many wait: those that have not been looked at for longest.
 */
final class AuditTurns {
  static final int LOOKS = 100;

  private final Map<String, Look> looks = new HashMap<>();
  private int audit;

  /**
   * When a workflow was looked at.
   *
   * @param audit by its number
   * @param notBefore the audit that may look again
   */
  private record Look(int audit, int notBefore) {
    private static final Look NONE = new Look(0, 0);
  }

  /**
   * Begins an audit: forgets what isn't listed any more.
   *
   * @param listed all that may wait
   * @param here run ids of those that need no look
   * @param first run ids of those that come before all others
   */
  List<WorkflowExecution> next(
      List<WorkflowExecution> listed, Set<String> here, Set<String> first) {
    audit++;
    looks
        .keySet()
        .retainAll(listed.stream().map(WorkflowExecution::getRunId).collect(Collectors.toSet()));
    return listed.stream()
        .filter(workflow -> !here.contains(workflow.getRunId()))
        .filter(workflow -> look(workflow).notBefore() <= audit)
        .sorted(
            Comparator.<WorkflowExecution, Boolean>comparing(
                    workflow -> !first.contains(workflow.getRunId()))
                .thenComparingInt(workflow -> look(workflow).audit()))
        .limit(LOOKS)
        .toList();
  }

  /**
   * A workflow was looked at.
   *
   * @param audits after so many it may be looked at again
   */
  void looked(WorkflowExecution workflow, int audits) {
    looks.put(workflow.getRunId(), new Look(audit, audit + audits));
  }

  private Look look(WorkflowExecution workflow) {
    return looks.getOrDefault(workflow.getRunId(), Look.NONE);
  }
}
