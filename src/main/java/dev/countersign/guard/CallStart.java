package dev.countersign.guard;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.workflow.DetailsTable;
import dev.countersign.workflow.Summary;
import dev.countersign.workflow.TaskQueues;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;

/** How a call is started, by a client and by another workflow: the same call either way. */
public final class CallStart {
  private CallStart() {}

  /** By a client, who is told if there is a call of that id already. */
  static WorkflowOptions byClient(Snapshot snapshot, TaskQueues taskQueues) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(snapshot.id())
        .setTaskQueue(taskQueues.workflows())
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
        .setTypedSearchAttributes(searchAttributes(snapshot))
        .setStaticSummary(Summary.of(snapshot.message()))
        .setStaticDetails(details(snapshot))
        .setDisableEagerExecution(false) // its first task comes with the answer, where it can
        .build();
  }

  /**
   * By a workflow, as a child of its own, on its task queue: the call outlives whoever asked for
   * it.
   *
   * @param call frozen for it by {@link GuardedCalls#freeze}
   */
  public static ChildWorkflowOptions byWorkflow(FrozenCall call) {
    Snapshot snapshot = Freezer.read(call);
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(snapshot.id())
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
        .setCancellationType(ChildWorkflowCancellationType.ABANDON)
        .setTypedSearchAttributes(searchAttributes(snapshot))
        .setStaticSummary(Summary.of(snapshot.message()))
        .setStaticDetails(details(snapshot))
        .build();
  }

  /** What is known of it from the start, for the Web UI. */
  private static String details(Snapshot snapshot) {
    return new DetailsTable()
        .row(snapshot.runsAtOnce() ? "Not asked" : "Shown on the device", snapshot.message())
        .row("Tool", snapshot.tool())
        .row("Arguments", DetailsTable.shortened(snapshot.arguments()))
        .row("User", DetailsTable.shortened(snapshot.userID()))
        .toString();
  }

  private static SearchAttributes searchAttributes(Snapshot snapshot) {
    return SearchAttributes.newBuilder()
        .set(ApprovalAttributes.STATUS, CallStatus.REQUESTED.name())
        .set(ApprovalAttributes.TOOL, snapshot.tool())
        .set(ApprovalAttributes.USER_ID, CallId.of(snapshot.id()).map(CallId::user).orElseThrow())
        .build();
  }
}
