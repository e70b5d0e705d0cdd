package dev.countersign.app.chat.budget;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one user has used of their budget, in all processes and over restarts. Open for as long as
 * something of it counts, about a day after the last.
 */
@WorkflowInterface
public interface UserBudgetWorkflow {
  /** Type of the workflow, as in histories. */
  String TYPE = "UserBudget";

  /**
   * Runs until nothing counts any more.
   *
   * @param kept what is known already; null: nothing
   */
  @WorkflowMethod(name = TYPE)
  void keep(@Nullable Kept kept);

  /** Decides whether a conversation may be begun, and counts it. */
  @UpdateMethod(name = "begin")
  Leave begin(Conversation conversation);

  /** Decides whether the model may be asked, and reserves what that may use. */
  @UpdateMethod(name = "spend")
  Leave spend(Call call);

  /** What a call of the model has used, in place of what was reserved for it. */
  @SignalMethod(name = "spent")
  void spent(Spent spent);

  /**
   * One that is to be begun.
   *
   * @param id tells it from the user's others
   */
  record Conversation(String id, BudgetTerms terms) {}

  /**
   * A call of the model that is to be made.
   *
   * @param id tells it, and its attempt, from all others
   * @param expected tokens
   */
  record Call(String id, long expected, BudgetTerms terms) {}

  /** The tokens that a call of the model has used. */
  record Spent(String id, long tokens) {}

  /** A conversation, since when. */
  record Begun(String id, Instant at) {}

  /** What was reserved for a call, since when. */
  record Reserved(String id, long tokens, Instant at) {}

  /** The tokens of a quarter of an hour. */
  record Used(Instant from, long tokens) {}

  /**
   * What a continued run must know. Lives in histories: new components must be nullable.
   *
   * @param begun conversations of the last day
   * @param reserved for calls that go on
   * @param used of the last day, the oldest first
   * @param told the newest calls whose tokens are counted
   */
  record Kept(List<Begun> begun, List<Reserved> reserved, List<Used> used, List<String> told) {
    public Kept {
      begun = List.copyOf(begun);
      reserved = List.copyOf(reserved);
      used = List.copyOf(used);
      told = List.copyOf(told);
    }
  }
}
