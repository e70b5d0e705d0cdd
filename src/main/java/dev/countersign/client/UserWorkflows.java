package dev.countersign.client;

import dev.countersign.workflow.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Workflows of one kind, one a user at a time, over all processes of the task queues. Each is
 * started by whoever is the first to have something for it. Users are named by what stands for
 * them: it becomes a part of ids, which everybody reads who may look at workflows.
 */
public final class UserWorkflows {
  private final WorkflowClient client;
  private final TaskQueues taskQueues;
  private final SearchAttributeKey<String> userKey;
  private final Kind kind;

  /**
   * Of one kind.
   *
   * @param userKey by which all workflows of a user are found
   */
  public UserWorkflows(
      WorkflowClient client, TaskQueues taskQueues, SearchAttributeKey<String> userKey, Kind kind) {
    this.client = client;
    this.taskQueues = taskQueues;
    this.userKey = userKey;
    this.kind = kind;
  }

  /**
   * A kind.
   *
   * @param type of the workflow
   * @param name in ids, after the prefix of the task queues
   * @param summary what it is, in Temporal's Web UI
   * @param first with what it is started
   */
  public record Kind(String type, String name, String summary, @Nullable Object first) {}

  /**
   * What a workflow is to decide.
   *
   * @param answer the type of the answer
   * @param update its name
   * @param id the same each time that the same is asked: it is answered once
   * @param argument of the update
   */
  public record Question<T>(Class<T> answer, String update, String id, Object argument) {}

  /** The id of a user's. */
  public String id(String user) {
    return taskQueues.prefix() + "-" + kind.name() + "-of-" + user;
  }

  /**
   * Asks a user's.
   *
   * @param patience how long it may take to be taken, and as long to be answered
   * @throws NoAnswerException if there is no answer by then
   */
  public <T> T ask(String user, Question<T> question, Duration patience) {
    UpdateOptions<T> options =
        UpdateOptions.newBuilder(question.answer())
            .setUpdateName(question.update())
            .setUpdateId(question.id())
            .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
            .build();
    try {
      return Deadlines.within(
              patience,
              () ->
                  Updates.send(() ->
                      stub(user)
                          .startUpdateWithStart(
                              options,
                              new Object[] {question.argument()},
                              new @Nullable Object[] {kind.first()})))
          .getResult(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (WorkflowServiceException | WorkflowUpdateException | StatusRuntimeException e) {
      throw new NoAnswerException(e);
    }
  }

  /**
   * Signals a user's.
   *
   * @throws RuntimeException if Temporal can't be told
   */
  public void tell(String user, String signal, Object argument) {
    stub(user)
        .signalWithStart(signal, new Object[] {argument}, new @Nullable Object[] {kind.first()});
  }

  private WorkflowStub stub(String user) {
    return client.newUntypedWorkflowStub(
        kind.type(),
        WorkflowOptions.newBuilder()
            .setWorkflowId(id(user))
            .setTaskQueue(taskQueues.workflows())
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setTypedSearchAttributes(SearchAttributes.newBuilder().set(userKey, user).build())
            .setStaticSummary(kind.summary())
            .build());
  }
}
