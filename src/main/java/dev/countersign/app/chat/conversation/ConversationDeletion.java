package dev.countersign.app.chat.conversation;

import dev.countersign.workflow.TaskQueues;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowTargetOptions;

/**
 * Ends a conversation at once, whatever it does, and has what was said removed. Its calls are
 * workflows of their own and go on.
 */
class ConversationDeletion {
  private final WorkflowClient client;
  private final TaskQueues taskQueues;

  ConversationDeletion(WorkflowClient client, TaskQueues taskQueues) {
    this.client = client;
    this.taskQueues = taskQueues;
  }

  /**
   * Deletes a conversation.
   *
   * @throws ConversationNotFoundException if there is none of that id, or it has ended; what an
   *     ended one has left is removed
   */
  void delete(String id) {
    WorkflowExecutionMetadata conversation = described(id);
    boolean wentOn = isOpen(conversation);
    while (isOpen(conversation) && !terminated(conversation.getExecution())) {
      conversation = described(id); // it continued as new just now
    }
    forget(conversation.getExecution());
    if (!wentOn) {
      throw new ConversationNotFoundException();
    }
  }

  private WorkflowExecutionMetadata described(String id) {
    try {
      WorkflowExecutionMetadata found = client.newUntypedWorkflowStub(id).describe();
      if (found.getWorkflowType().equals("Conversation")) {
        return found;
      }
    } catch (WorkflowNotFoundException _) {
      // as one that was deleted
    }
    throw new ConversationNotFoundException();
  }

  private static boolean isOpen(WorkflowExecutionMetadata conversation) {
    return conversation.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  private boolean terminated(WorkflowExecution run) {
    try {
      client
          .newUntypedWorkflowStub(
              WorkflowTargetOptions.newBuilder().setWorkflowExecution(run).build())
          .terminate("Deleted by its user");
      return true;
    } catch (WorkflowNotFoundException _) {
      return false;
    }
  }

  private void forget(WorkflowExecution lastRun) {
    var options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(lastRun.getWorkflowId())
            .setTaskQueue(taskQueues.workflows())
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setStaticSummary("Deleted by its user")
            .build();
    WorkflowClient.start(
        client.newWorkflowStub(ForgottenConversation.class, options)::forget,
        new LastRun(lastRun.getWorkflowId(), lastRun.getRunId()));
  }
}
