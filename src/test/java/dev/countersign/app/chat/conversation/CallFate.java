package dev.countersign.app.chat.conversation;

import dev.countersign.guard.CallStatus;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;

/** What a test does to a call. */
@WorkflowInterface
public interface CallFate {
  /** The phone is about to ring again. */
  @SignalMethod
  void notice(String text);

  /** The method runs. */
  @SignalMethod
  void run();

  /** Ends without a word, as one that Temporal terminates. */
  @SignalMethod
  void fail();

  /** Ends, and says so that many times. */
  @SignalMethod
  void end(CallStatus status, String toolResult, String sentence, int times);
}
