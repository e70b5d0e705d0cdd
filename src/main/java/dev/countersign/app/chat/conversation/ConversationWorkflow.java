package dev.countersign.app.chat.conversation;

import dev.countersign.guard.CallingWorkflow;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** The conversation between a user and the model; it asks for calls and tells their outcomes. */
@WorkflowInterface
public interface ConversationWorkflow extends CallingWorkflow {
  /** Message of the refusal of a turn by a conversation that takes no more. */
  String FULL = "The conversation is full";

  /** Message of the refusal of a turn while too many others wait. */
  String BUSY = "Too many turns at once";

  /** Message of the refusal of a turn by a conversation that was deleted. */
  String GONE = "The conversation was deleted";

  /** Takes turns for ever. */
  @WorkflowMethod(name = "Conversation")
  void converse(ConversationInput input);

  /**
   * One message of the user's and the answer to it. A turn that was accepted never fails, but with
   * {@link #FULL} if those before it have filled the conversation. Turns run one at a time, in the
   * order of their arrival.
   */
  @UpdateMethod(name = "turn")
  TurnAnswer turn(TurnRequest request);

  /**
   * Refuses with the message {@link #FULL} or {@link #BUSY}: of a validator's failure, the SDK
   * (1.38) passes on the message and not the type.
   */
  @UpdateValidatorMethod(updateName = "turn")
  void validateTurn(TurnRequest request);

  /** Calls it by another title, also while a turn runs; the same again changes nothing. */
  @UpdateMethod(name = "rename")
  ConversationSummary rename(String title);

  /**
   * Ends the answer to one message of the user's, while it is being given: what has come of it is
   * the answer, and nothing else is started. Changes nothing if that message isn't being answered.
   *
   * @param message the number of the user's message
   */
  @UpdateMethod(name = "stop")
  void stop(int message);

  /** What was said, and which calls were started. */
  @QueryMethod(name = "state")
  ConversationState state();

  /** The conversation in a few words. */
  @QueryMethod(name = "summary")
  ConversationSummary summary();

  /** The conversation in a few words, if it has these; null: it hasn't. */
  @QueryMethod(name = "find")
  @Nullable ConversationSummary find(String words);

  /**
   * Input of {@link #converse}.
   *
   * @param userID the {@code sub} of the user whose conversation this is
   * @param turnsPerRun turns after which the workflow continues as new; null: when the server
   *     suggests it
   * @param memory what the run before knew; null: this is the first
   */
  record ConversationInput(
      String userID, @Nullable Integer turnsPerRun, @Nullable ConversationMemory memory) {

    /** The start of a conversation. */
    static ConversationInput first(String userID) {
      return new ConversationInput(userID, null, null);
    }
  }
}
