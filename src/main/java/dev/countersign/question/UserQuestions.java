package dev.countersign.question;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.approval.QuestionLimits;
import dev.countersign.client.Deadlines;
import dev.countersign.client.OpenWorkflows;
import dev.countersign.client.Updates;
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
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The limits on the questions of each user, kept by a {@link UserQuestionsWorkflow} of theirs. */
public final class UserQuestions implements QuestionLimits {
  private static final Logger log = LoggerFactory.getLogger(UserQuestions.class);

  private final WorkflowClient client;
  private final TaskQueues taskQueues;
  private final UnaryOperator<String> digest;
  private final QuestionTerms terms;
  private final InstantSource clock;
  private final Duration patience;
  private final OpenWorkflows open;

  /**
   * Limits for all processes of the task queues.
   *
   * @param digest stands for users in workflow ids
   * @param clock the Temporal server's
   * @param patience how long a decision may take
   */
  public UserQuestions(
      WorkflowClient client,
      TaskQueues taskQueues,
      UnaryOperator<String> digest,
      QuestionTerms terms,
      InstantSource clock,
      Duration patience) {
    this.client = client;
    this.taskQueues = taskQueues;
    this.digest = digest;
    this.terms = terms;
    this.clock = clock;
    this.patience = patience;
    this.open = new OpenWorkflows(client);
  }

  @Override
  public Answer mayAsk(List<String> users, String workflowId, String name) {
    for (String user : users) {
      Answer answer = mayAsk(user, workflowId, name);
      if (!(answer instanceof Answer.Ask)) {
        return answer;
      }
    }
    return new Answer.Ask();
  }

  private Answer mayAsk(String user, String workflowId, String name) {
    UpdateOptions<Verdict> options =
        UpdateOptions.newBuilder(Verdict.class)
            .setUpdateName("ask")
            .setUpdateId(workflowId + "/" + name)
            .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
            .build();
    var question = new UserQuestionsWorkflow.Question(workflowId, terms);
    Verdict verdict;
    try {
      verdict =
          Deadlines.within(
                  patience,
                  () ->
                      Updates.send(() ->
                          stub(user)
                              .startUpdateWithStart(
                                  options, new Object[] {question}, new @Nullable Object[] {null})))
              .getResult(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (WorkflowServiceException | WorkflowUpdateException | StatusRuntimeException e) {
      log.warn(
          "Nobody says whether {} may ask its user: {}",
          workflowId,
          Objects.requireNonNullElse(e.getCause(), e).toString());
      return new Answer.Unknown("Nobody could say whether you may be asked now");
    }
    return switch (verdict.kind()) {
      case ASK -> new Answer.Ask();
      case IN_LINE -> new Answer.InLine(Objects.requireNonNull(verdict.sentence()));
      case REFUSED -> new Answer.Refused(Objects.requireNonNull(verdict.sentence()));
    };
  }

  @Override
  public Optional<Refusal> refusal(String userID) {
    Instant now = clock.instant();
    var answer = open.ask(workflowId(userID), "refusal", Verdict.class, patience, now);
    return answer instanceof OpenWorkflows.Answer.Given<Verdict>(var verdict) && verdict != null
        ? Optional.of(
            new Refusal(
                Objects.requireNonNull(verdict.sentence()),
                Duration.between(now, Objects.requireNonNull(verdict.until()))))
        : Optional.empty();
  }

  private String workflowId(String user) {
    return taskQueues.prefix() + "-questions-of-" + digest.apply(user);
  }

  private WorkflowStub stub(String user) {
    return client.newUntypedWorkflowStub(
        UserQuestionsWorkflow.TYPE,
        WorkflowOptions.newBuilder()
            .setWorkflowId(workflowId(user))
            .setTaskQueue(taskQueues.workflows())
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setTypedSearchAttributes(
                SearchAttributes.newBuilder()
                    .set(ApprovalAttributes.USER_ID, digest.apply(user))
                    .build())
            .setStaticSummary("Questions of one user: how many at a time, an hour and a day")
            .build());
  }
}
