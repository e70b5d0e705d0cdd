package dev.countersign.app.chat.budget;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.client.Deadlines;
import dev.countersign.client.NoAnswerException;
import dev.countersign.client.UserWorkflows;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The budget of each user, kept by a {@link UserBudgetWorkflow} of theirs. */
final class UserBudgets implements ChatBudget {
  private static final Logger log = LoggerFactory.getLogger(UserBudgets.class);

  /** Ids of conversations: the digest of their user, and what tells them apart. */
  private static final Pattern CONVERSATION = Pattern.compile("c-([0-9a-f]{32})-([0-9a-f]{32})");

  private static final Leave UNASKED = Leave.given(Instant.EPOCH);

  private final UserWorkflows workflows;
  private final BudgetTerms terms;
  private final Duration patience;

  /**
   * Budgets for all processes of the task queues.
   *
   * @param patience how long a decision may take
   */
  UserBudgets(WorkflowClient client, TaskQueues taskQueues, BudgetTerms terms, Duration patience) {
    workflows =
        new UserWorkflows(
            client,
            taskQueues,
            ApprovalAttributes.USER_ID,
            new UserWorkflows.Kind(
                UserBudgetWorkflow.TYPE,
                "budget",
                "Conversations and the model's tokens of one user in 24 hours",
                null));
    this.terms = terms;
    this.patience = patience;
  }

  @Override
  public Leave begin(String conversation) {
    Matcher id = CONVERSATION.matcher(conversation);
    return terms.conversations() == 0 || !id.matches()
        ? UNASKED
        : ask(id, "begin", new UserBudgetWorkflow.Conversation(id.group(2), terms));
  }

  @Override
  public Leave spend(String conversation, String call, long expected) {
    Matcher id = CONVERSATION.matcher(conversation);
    if (terms.tokens() == 0 || !id.matches()) {
      return UNASKED;
    }
    Leave leave = ask(id, "spend", new UserBudgetWorkflow.Call(call, expected, terms));
    if (leave.kind() == Leave.Kind.USED_UP) {
      AuditEntry.of(AuditEvent.LIMIT_REACHED)
          .user(id.group(1))
          .conversation(conversation)
          .outcome("tokens")
          .write();
    }
    return leave;
  }

  private Leave ask(Matcher conversation, String update, Object what) {
    String user = conversation.group(1);
    String id = UUID.randomUUID().toString(); // of one id, the first answer would come again
    try {
      return workflows.ask(
          user, new UserWorkflows.Question<>(Leave.class, update, id, what), patience);
    } catch (NoAnswerException e) {
      if (e.isBusy()) { // who asks more at once than can be decided gets nothing by it
        return Leave.taken(Instant.EPOCH);
      }
      log.warn("Nobody says what is left of the budget of {}: {}", user, e.getMessage());
      return UNASKED;
    }
  }

  @Override
  public void spent(String conversation, String call, long tokens) {
    Matcher id = CONVERSATION.matcher(conversation);
    if (terms.tokens() == 0 || !id.matches()) {
      return;
    }
    try {
      Deadlines.within(
          patience,
          () -> {
            workflows.tell(id.group(1), "spent", new UserBudgetWorkflow.Spent(call, tokens));
            return true;
          });
    } catch (RuntimeException e) { // what was reserved stays counted
      log.warn("{} tokens of {} are not told: {}", tokens, id.group(1), e.toString());
    }
  }
}
