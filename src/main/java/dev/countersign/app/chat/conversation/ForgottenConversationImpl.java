package dev.countersign.app.chat.conversation;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Removes the histories of a conversation, and says that there is none. */
public class ForgottenConversationImpl implements ForgottenConversation {
  private static final Logger log = Workflow.getLogger(ForgottenConversationImpl.class);

  private final DeletionActivities deletion =
      Workflow.newActivityStub(DeletionActivities.class, DeletionOptions.deleteRuns());

  @Override
  public void forget(LastRun lastRun) {
    try {
      deletion.deleteRuns(lastRun);
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure) {
        throw e;
      }
      log.error("What was said stays until the namespace's retention ends", e);
    }
  }

  @Override
  public TurnAnswer turn(TurnRequest request) {
    throw new IllegalStateException("The validator refuses every turn");
  }

  @Override
  public void validateTurn(TurnRequest request) {
    throw new IllegalStateException(ConversationWorkflow.GONE);
  }

  @Override
  public ConversationSummary rename(String title) {
    throw new IllegalStateException("The validator refuses every title");
  }

  @Override
  public void validateRename(String title) {
    throw new IllegalStateException(ConversationWorkflow.GONE);
  }

  @Override
  public void stop(int message) {
    throw new IllegalStateException("The validator refuses to end any answer");
  }

  @Override
  public void validateStop(int message) {
    throw new IllegalStateException(ConversationWorkflow.GONE);
  }

  @Override
  public @Nullable ConversationState state() {
    return null;
  }

  @Override
  public @Nullable ConversationSummary summary() {
    return null;
  }

  @Override
  public @Nullable ConversationSummary find(String words) {
    return null;
  }
}
