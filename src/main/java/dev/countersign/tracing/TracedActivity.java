package dev.countersign.tracing;

import dev.countersign.approval.ApprovalActivities;
import dev.countersign.approval.AskOutcome;
import dev.countersign.approval.Decision;
import dev.countersign.approval.PendingApproval;
import dev.countersign.guard.ApprovedRun;
import dev.countersign.guard.GuardActivities;
import dev.countersign.guard.RunAnswer;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A span of each attempt of an activity that is in a trace, below the span that had its workflow do
 * it. A wait for a decision may take days, and its polls are many: what it gets is a trace of its
 * own, of one span that is linked to the question, once there is a decision.
 */
final class TracedActivity extends ActivityInboundCallsInterceptorBase {
  private static final String DECISION = "approval decision";
  private static final String OUTCOME = "countersign.outcome";

  private final Traces traces;
  private @Nullable ActivityExecutionContext context;

  TracedActivity(ActivityInboundCallsInterceptor next, Traces traces) {
    super(next);
    this.traces = traces;
  }

  @Override
  public void init(ActivityExecutionContext context) {
    this.context = context;
    super.init(context);
  }

  @Override
  public ActivityOutput execute(ActivityInput input) {
    Traceparent parent = TraceHeader.read(input.getHeader());
    if (parent == null) {
      return super.execute(input);
    }
    Object first = input.getArguments().length == 0 ? null : input.getArguments()[0];
    String type = info().getActivityType();
    if (type.equals(ApprovalActivities.AWAIT_DECISION) && first instanceof PendingApproval wait) {
      return decided(wait, super.execute(input));
    }
    if (type.equals(GuardActivities.RUN) && first instanceof ApprovedRun run) {
      return run(run, parent, input);
    }
    try (Traces.Step step = describe(traces.step(type, parent))) {
      ActivityOutput output = execute(step, input);
      return output.getResult() instanceof AskOutcome.Asked(var pending)
          ? new ActivityOutput(new AskOutcome.Asked(pending.askedIn(text(step))))
          : output;
    }
  }

  private ActivityOutput run(ApprovedRun run, Traceparent parent, ActivityInput input) {
    Traceparent decision = Traceparent.read(run.decidedIn());
    try (Traces.Step step = describe(traces.tool(run.call().tool(), parent, decision))) {
      ActivityOutput output = execute(step, input);
      if (output.getResult() instanceof RunAnswer answer) {
        step.tag(OUTCOME, answer.label());
      }
      return output;
    }
  }

  private ActivityOutput decided(PendingApproval wait, ActivityOutput output) {
    Traceparent question = Traceparent.read(wait.askedIn());
    if (question == null
        || !(output.getResult() instanceof Decision decision)
        || Objects.requireNonNull(context).isDoNotCompleteOnReturn()) {
      return output;
    }
    try (Traces.Step step = traces.apart(DECISION, question)) {
      describe(step).tag(OUTCOME, decision.label());
      return decision instanceof Decision.Approved approved
          ? new ActivityOutput(approved.decidedIn(text(step)))
          : output;
    }
  }

  /** Under the names that Temporal's own integrations have. */
  private Traces.Step describe(Traces.Step step) {
    ActivityInfo info = info();
    return step.tag("temporalWorkflowID", String.valueOf(info.getWorkflowId()))
        .tag("temporalActivityID", info.getActivityId());
  }

  private ActivityOutput execute(Traces.Step step, ActivityInput input) {
    try {
      return super.execute(input);
    } catch (RuntimeException e) {
      step.failed(
          e instanceof ApplicationFailure failure ? failure.getType() : e.getClass().getName());
      throw e;
    }
  }

  private ActivityInfo info() {
    return Objects.requireNonNull(context).getInfo();
  }

  private static @Nullable String text(Traces.Step step) {
    Traceparent trace = step.traceparent();
    return trace == null ? null : trace.write();
  }
}
