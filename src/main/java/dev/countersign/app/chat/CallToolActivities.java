package dev.countersign.app.chat;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The steps of a conversation that look at the user's calls and take them back. */
@ActivityInterface
public interface CallToolActivities {

  /** Lists the user's calls; returns the tool's result, a JSON object. */
  @ActivityMethod(name = "ListRequests")
  String listRequests(ListRequests input);

  /**
   * Takes a call of the user's back, if it is pending; again: the same answer. What was not done is
   * told, not thrown.
   */
  @ActivityMethod(name = "CancelRequest")
  Cancellation cancelRequest(CancelRequest input);
}
