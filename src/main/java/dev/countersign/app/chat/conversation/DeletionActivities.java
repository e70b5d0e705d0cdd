package dev.countersign.app.chat.conversation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The step that removes what was said in a conversation. */
@ActivityInterface
public interface DeletionActivities {

  /** Deletes the history of a run and of all runs before it; those that are gone are no fault. */
  @ActivityMethod(name = "DeleteRuns")
  void deleteRuns(LastRun lastRun);
}
