package dev.countersign.app.chat.conversation;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.guard.CallEnded;
import dev.countersign.guard.CallNotice;
import dev.countersign.guard.CallSettlement;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.CallingWorkflow;
import dev.countersign.guard.FrozenCall;
import dev.countersign.guard.GuardedCallWorkflow;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A call that becomes what a test says, and tells the conversation as the real one does. */
public class FakeCall implements GuardedCallWorkflow, CallFate {

  private final JsonNode snapshot;
  private final List<String> notices = new ArrayList<>();
  private final Instant requestedAt;
  private @Nullable CallEnded ended;
  private @Nullable Instant endedAt;
  private CallStatus pending = CallStatus.AWAITING_APPROVAL;
  private boolean failed;
  private boolean reportsEnd;
  private int times;

  @WorkflowInit
  public FakeCall(FrozenCall call) {
    snapshot = new JsonMapper().readTree(call.snapshot());
    requestedAt = Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private String said(String component) {
    return snapshot.path(component).asString();
  }

  @Override
  public CallState call(FrozenCall call) {
    CallingWorkflow caller =
        Workflow.newExternalWorkflowStub(CallingWorkflow.class, said("startedBy"));
    while (ended == null) {
      Workflow.await(() -> failed || ended != null || !notices.isEmpty());
      if (failed) {
        throw ApplicationFailure.newNonRetryableFailure("By the test", "Scripted");
      }
      while (!notices.isEmpty()) {
        caller.callNotice(
            new CallNotice(Workflow.getInfo().getWorkflowId(), notices.removeFirst()));
      }
    }
    // what it returns says it once more, unless its caller has gone on in another run
    for (int i = reportsEnd ? 0 : 1; i < times; i++) {
      caller.callEnded(ended);
    }
    return state();
  }

  @Override
  public void reportEnd() {
    reportsEnd = true;
  }

  @Override
  public void notice(String text) {
    notices.add(text);
  }

  @Override
  public void run() {
    pending = CallStatus.RUNNING;
    Workflow.upsertTypedSearchAttributes(ApprovalAttributes.STATUS.valueSet(pending.name()));
  }

  @Override
  public void fail() {
    failed = true;
  }

  @Override
  public void end(CallStatus status, String toolResult, String sentence, int times) {
    this.times = times;
    endedAt = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    ended =
        new CallEnded(
            Workflow.getInfo().getWorkflowId(),
            said("tool"),
            said("arguments"),
            said("message"),
            status,
            toolResult,
            sentence,
            null);
  }

  @Override
  public CallState state() {
    return new CallState(
        Workflow.getInfo().getWorkflowId(),
        said("tool"),
        said("arguments"),
        said("message"),
        ended == null ? pending : ended.status(),
        requestedAt,
        null,
        null,
        null,
        endedAt,
        ended == null ? null : "\"" + ended.toolResult() + "\"",
        ended == null ? null : ended.sentence(),
        null,
        ended == null ? null : ended.toolResult(),
        said("startedBy"),
        null,
        null,
        ended == null ? 1 : 2);
  }

  @Override
  public void settle(@Nullable CallSettlement settlement) {
    throw new IllegalStateException("Nobody settles");
  }

  @Override
  public CallState cancel() {
    if (ended == null) {
      String sentence = "It was cancelled; nothing was done.";
      end(CallStatus.CANCELLED, sentence, sentence, 1);
    }
    return state();
  }

  @Override
  public void validateCancel() {
    CallStatus status = ended == null ? pending : ended.status();
    if (status != CallStatus.AWAITING_APPROVAL && status != CallStatus.CANCELLED) {
      throw new IllegalStateException("Too late");
    }
  }
}
