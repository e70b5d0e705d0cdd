package dev.countersign.question;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.approval.QuestionLimits;
import dev.countersign.client.NoAnswerException;
import dev.countersign.client.OpenWorkflows;
import dev.countersign.client.UserWorkflows;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The limits on the questions of each user, kept by a {@link UserQuestionsWorkflow} of theirs. */
public final class UserQuestions implements QuestionLimits {
  private static final Logger log = LoggerFactory.getLogger(UserQuestions.class);

  private final UserWorkflows workflows;
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
    this.workflows =
        new UserWorkflows(
            client,
            taskQueues,
            ApprovalAttributes.USER_ID,
            new UserWorkflows.Kind(
                UserQuestionsWorkflow.TYPE,
                "questions",
                "Questions of one user: how many at a time, an hour and a day",
                null));
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
    Verdict verdict;
    try {
      verdict =
          workflows.ask(
              digest.apply(user),
              new UserWorkflows.Question<>(
                  Verdict.class,
                  "ask",
                  workflowId + "/" + name,
                  new UserQuestionsWorkflow.Question(workflowId, terms)),
              patience);
    } catch (NoAnswerException e) {
      log.warn("Nobody says whether {} may ask its user: {}", workflowId, e.getMessage());
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
    var answer =
        open.ask(workflows.id(digest.apply(userID)), "refusal", Verdict.class, patience, now);
    return answer instanceof OpenWorkflows.Answer.Given<Verdict>(var verdict) && verdict != null
        ? Optional.of(
            new Refusal(
                Objects.requireNonNull(verdict.sentence()),
                Duration.between(now, Objects.requireNonNull(verdict.until()))))
        : Optional.empty();
  }
}
