package dev.countersign.approval;

import io.temporal.activity.ActivityInterface;

/** The two steps of an approval that speak to the identity provider. */
@ActivityInterface
public interface ApprovalActivities {
  /** Task queue of the wait for the user's decision: its own, so that it starves nothing else. */
  String WAIT_TASK_QUEUE = "countersign-approvals";
}
