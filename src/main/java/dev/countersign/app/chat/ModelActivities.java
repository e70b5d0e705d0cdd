package dev.countersign.app.chat;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The step of a conversation that speaks to the language model. */
@ActivityInterface
public interface ModelActivities {

  /**
   * Asks the model for the next words or tool calls, which are checked here: what the workflow gets
   * can be run as it stands. Fails with a failure that is retried when the model may answer later
   * (429, 5xx, time-outs), and with a final one when it won't (API key, unknown model, bad
   * request).
   */
  @ActivityMethod(name = "CallModel")
  ModelReply callModel(ModelCall call);
}
