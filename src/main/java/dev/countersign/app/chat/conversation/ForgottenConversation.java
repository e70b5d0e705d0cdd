package dev.countersign.app.chat.conversation;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a conversation that its user has deleted. It removes what was said, and keeps the
 * id used up: a late repeat of the key of the first turn must not begin, and buy, again. Answers a
 * turn and a query as if there were nothing.
 */
@WorkflowInterface
public interface ForgottenConversation {

  /** Removes the histories of all runs of the conversation. */
  @WorkflowMethod(name = "ForgottenConversation")
  void forget(LastRun lastRun);

  /** Takes none. */
  @UpdateMethod(name = "turn")
  TurnAnswer turn(TurnRequest request);

  /** Refuses with the message {@link ConversationWorkflow#GONE}. */
  @UpdateValidatorMethod(updateName = "turn")
  void validateTurn(TurnRequest request);

  /** Takes no other title. */
  @UpdateMethod(name = "rename")
  ConversationSummary rename(String title);

  /** Refuses with the message {@link ConversationWorkflow#GONE}. */
  @UpdateValidatorMethod(updateName = "rename")
  void validateRename(String title);

  /** Ends no answer: none is being given. */
  @UpdateMethod(name = "stop")
  void stop(int message);

  /** Refuses with the message {@link ConversationWorkflow#GONE}. */
  @UpdateValidatorMethod(updateName = "stop")
  void validateStop(int message);

  /** Null: nothing is known. */
  @QueryMethod(name = "state")
  @Nullable ConversationState state();

  /** Null: nothing is known. */
  @QueryMethod(name = "summary")
  @Nullable ConversationSummary summary();

  /** Null: nothing is known. */
  @QueryMethod(name = "find")
  @Nullable ConversationSummary find(String words);
}
