package dev.countersign.approval;

import dev.countersign.schedule.PeriodicTask;
import dev.countersign.workflow.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what Temporal lists against what this process waits for, several times a minute. A wait
 * whose workflow awaits nothing any more was cancelled, or its workflow has ended: it asks for
 * itself. An attempt that this process is said to work on, but never got, because its task went
 * into a connection that was just dying, is ended for a new one to come. It costs Temporal's server
 * no more when very many wait, but then takes longer to come to each.
 */
public final class WaitAudit implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WaitAudit.class);
  private static final Duration PERIOD = Duration.ofSeconds(15);

  /** What another process was found to work on isn't looked at again for so many audits. */
  private static final int ELSEWHERE = 8;

  /** Of what nobody works on every other audit is enough. */
  private static final int BETWEEN_ATTEMPTS = 2;

  private final AwaitingWorkflows workflows;
  private final Waits waits;
  private final PeriodicTask audits;
  private final AuditTurns turns = new AuditTurns();
  private Set<Ours> suspects = new HashSet<>();
  private int rest;

  /** An attempt that this process is said to work on. */
  private record Ours(String runId, String activityId, int attempt) {}

  /**
   * Audits every 15 s while the lease is held.
   *
   * @param query for Temporal's visibility: finds all workflows that may wait for a decision
   */
  public WaitAudit(WorkflowClient client, TaskQueues taskQueues, String query, Waits waits) {
    this(client, taskQueues, query, waits, PERIOD);
  }

  WaitAudit(
      WorkflowClient client, TaskQueues taskQueues, String query, Waits waits, Duration period) {
    this.workflows = new AwaitingWorkflows(client, taskQueues, query);
    this.waits = waits;
    this.audits = new PeriodicTask("approval-audit", period, this::auditUnderLease).start();
  }

  private void auditUnderLease() {
    try {
      if (waits.lease().isHeld()) {
        audit();
      }
    } catch (StatusRuntimeException e) { // Temporal is busy or away: the next audit does
      log.debug("The waits could not be held against Temporal's list", e);
    }
  }

  /**
   * A list of many pages is as much work for the server as as many audits: so many are left out.
   */
  private void audit() {
    if (rest > 0) {
      rest--;
      return;
    }
    List<WorkflowExecution> all = workflows.listed(() -> {});
    rest = (all.size() - 1) / AwaitingWorkflows.PAGE_SIZE;
    Set<String> suspect = suspects.stream().map(Ours::runId).collect(Collectors.toSet());
    Set<Ours> seen = new HashSet<>();
    for (WorkflowExecution workflow : turns.next(all, waits.runs(), suspect)) {
      if (!waits.lease().isHeld()) {
        return; // each look would take seconds: the next audit does
      }
      look(workflow, seen);
    }
    suspects = seen;
    waits.askThoseNotIn(
        all.stream().map(WorkflowExecution::getRunId).collect(Collectors.toSet()), PERIOD);
  }

  private void look(WorkflowExecution workflow, Set<Ours> seen) {
    try {
      lookAt(workflow, seen);
    } catch (StatusRuntimeException e) { // the others are looked at all the same
      log.debug("A workflow could not be looked at", e);
    }
  }

  private void lookAt(WorkflowExecution workflow, Set<Ours> seen) {
    List<AwaitingWorkflows.Attempted> underWay = workflows.attempted(workflow);
    if (underWay.isEmpty()) {
      turns.looked(workflow, BETWEEN_ATTEMPTS);
    }
    for (AwaitingWorkflows.Attempted attempted : underWay) {
      Ours ours = new Ours(workflow.getRunId(), attempted.activityId(), attempted.attempt());
      if (!attempted.worker().equals(workflows.ownIdentity())) {
        turns.looked(workflow, ELSEWHERE);
      } else if (!suspects.contains(ours)) {
        seen.add(ours);
      } else if (!waits.runs().contains(workflow.getRunId())
          && !waits.shelf().reportAgain(workflow.getRunId(), attempted.activityId())
          && workflows.end(attempted, null)) {
        log.info("Ended an attempt whose task never came here");
      }
    }
  }

  @Override
  public void close() {
    audits.close();
  }
}
