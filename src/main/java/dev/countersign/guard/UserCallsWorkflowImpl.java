package dev.countersign.guard;

import dev.countersign.workflow.Timers;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowLock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Starts a user's calls one by one, and remembers those that pend. */
public final class UserCallsWorkflowImpl implements UserCallsWorkflow {
  private static final Logger log = Workflow.getLogger(UserCallsWorkflowImpl.class);

  /** It is started together with its first call, which may be lost on the way all the same. */
  private static final Duration FIRST_CALL_WITHIN = Duration.ofMinutes(1);

  /** Longer than anything pends: whoever finds that it has ended has it forgotten before. */
  private static final Duration LONGEST_CALL = Duration.ofDays(8);

  private final WorkflowLock oneAtATime = Workflow.newWorkflowLock();
  private final ChildCalls calls = new ChildCalls(new Told());
  private final Map<String, String> pending;
  private boolean asked;

  /** State is there before {@link #keep} runs: the first call comes with the start. */
  @WorkflowInit
  public UserCallsWorkflowImpl(Map<String, String> pending) {
    this.pending = new LinkedHashMap<>(pending);
  }

  /** Of a call whose end may never be heard of: it is none of this run's children. */
  private void forgetInTime(String id) {
    Timers.start(
            LONGEST_CALL, "Then " + id + " is forgotten, should it never say that it has ended")
        .thenApply(_ -> {
          forget(id);
          return null;
        });
  }

  @Override
  public void keep(Map<String, String> pending) {
    pending.values().forEach(this::forgetInTime); // one that is stopped from outside says nothing
    Timers.await(
        FIRST_CALL_WITHIN, "Until the first call comes", () -> asked || !this.pending.isEmpty());
    Workflow.await(() -> isIdle() || Workflow.getInfo().isContinueAsNewSuggested());
    if (isIdle()) {
      return;
    }
    Workflow.await(Workflow::isEveryHandlerFinished);
    while (calls.isAnyOpen()) {
      calls.handOver();
      Workflow.await(Workflow::isEveryHandlerFinished);
    }
    Workflow.newContinueAsNewStub(UserCallsWorkflow.class).keep(this.pending);
  }

  private boolean isIdle() {
    return pending.isEmpty() && Workflow.isEveryHandlerFinished();
  }

  @Override
  public String begin(UserCall call) {
    asked = true;
    oneAtATime.lock();
    try {
      String before = pending.get(call.likeness());
      return before == null ? start(call) : before;
    } finally {
      oneAtATime.unlock();
    }
  }

  private String start(UserCall call) {
    String id = call.call().id();
    pending.put(call.likeness(), id); // it may end before its start is heard of
    try {
      return calls.start(call.call());
    } catch (ChildWorkflowFailure e) {
      if (isThere(e)) { // whoever asked for it had no patience, and has started it
        forgetInTime(id);
        return id;
      }
      forget(id);
      log.warn("{} was not started", id, e);
      throw ApplicationFailure.newNonRetryableFailure("The call was not started", "NotStarted");
    }
  }

  private static boolean isThere(ChildWorkflowFailure e) {
    return e.getCause() instanceof WorkflowExecutionAlreadyStarted;
  }

  @Override
  public @Nullable String pending(String likeness) {
    return pending.get(likeness);
  }

  @Override
  public void forget(String callId) {
    pending.values().remove(callId);
  }

  /** Nobody is there to read it. */
  @Override
  public void callNotice(CallNotice notice) {}

  @Override
  public void callEnded(CallEnded ended) {
    forget(ended.callId());
  }

  private final class Told implements ChildCalls.Listener {
    @Override
    public void ended(CallEnded ended) {
      forget(ended.callId());
    }

    @Override
    public void stopped(FrozenCall call) {
      forget(call.id());
    }
  }
}
