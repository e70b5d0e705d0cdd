package dev.countersign.app.purchase;

import dev.countersign.app.api.Caller;
import dev.countersign.approval.ApprovalActivities;
import dev.countersign.approval.ApprovalAttributes;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;

/** How a purchase is started, by a client and by another workflow: the same purchase either way. */
public final class PurchaseStart {
  /** Task queue of purchases and conversations. */
  public static final String TASK_QUEUE = ApprovalActivities.TASK_QUEUE;

  private PurchaseStart() {}

  /** By a client, who is told if there is a purchase of that id already. */
  static WorkflowOptions byClient(String id, PurchaseInput input) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(TASK_QUEUE)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
        .setTypedSearchAttributes(searchAttributes(input))
        .setStaticSummary(input.purchase().summary())
        .build();
  }

  /** By a workflow: the purchase outlives whoever asked for it. */
  public static ChildWorkflowOptions byWorkflow(String id, PurchaseInput input) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(TASK_QUEUE)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
        .setCancellationType(ChildWorkflowCancellationType.ABANDON)
        .setTypedSearchAttributes(searchAttributes(input))
        .setStaticSummary(input.purchase().summary())
        .build();
  }

  private static SearchAttributes searchAttributes(PurchaseInput input) {
    return SearchAttributes.newBuilder()
        .set(ApprovalAttributes.STATUS, PurchaseStatus.REQUESTED.name())
        .set(ApprovalAttributes.USER_ID, new Caller(input.userID()).digest())
        .build();
  }
}
