package dev.countersign.app.chat.model;

import dev.countersign.app.chat.budget.ChatBudget;
import dev.countersign.app.chat.budget.Leave;
import io.temporal.activity.ActivityInfo;
import java.util.Objects;

/** What one attempt to have an answer takes of the budget of the conversation's user. */
final class Spending {
  private final ChatBudget budget;
  private final String conversation;
  private final String call;

  /**
   * Of an attempt that begins.
   *
   * @param activity the attempt
   */
  Spending(ChatBudget budget, ActivityInfo activity) {
    this.budget = budget;
    conversation = Objects.requireNonNull(activity.getWorkflowId()); // it is none by itself
    call =
        activity.getWorkflowRunId() + "/" + activity.getActivityId() + "/" + activity.getAttempt();
  }

  /** Whether the model may be asked; if so, as many tokens are reserved. */
  Leave begin(long expected) {
    return budget.spend(conversation, call, expected);
  }

  /** It has ended. */
  void end(long tokens) {
    budget.spent(conversation, call, tokens);
  }
}
