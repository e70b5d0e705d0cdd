package dev.countersign.tracing;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.workflow.WorkflowThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * Passes on to activities and children what it was told itself: by whoever sent the update that is
 * being handled, or else by whoever started it. It makes no span and takes no step, so that any
 * history replays, with such headers or without.
 */
final class TracedWorkflow extends WorkflowInboundCallsInterceptorBase {
  private final WorkflowThreadLocal<@Nullable Payload> ofUpdate = new WorkflowThreadLocal<>();
  private @Nullable Payload ofStart;

  TracedWorkflow(WorkflowInboundCallsInterceptor next) {
    super(next);
  }

  @Override
  public void init(WorkflowOutboundCallsInterceptor next) {
    super.init(new PassingOn(next));
  }

  @Override
  public WorkflowOutput execute(WorkflowInput input) {
    ofStart = TraceHeader.of(input.getHeader());
    return super.execute(input);
  }

  @Override
  public UpdateOutput executeUpdate(UpdateInput input) {
    ofUpdate.set(TraceHeader.of(input.getHeader()));
    return super.executeUpdate(input);
  }

  private @Nullable Payload trace() {
    Payload update = ofUpdate.get();
    return update == null ? ofStart : update;
  }

  private final class PassingOn extends WorkflowOutboundCallsInterceptorBase {
    PassingOn(WorkflowOutboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
      TraceHeader.pass(trace(), input.getHeader());
      return super.executeActivity(input);
    }

    @Override
    public <R> ChildWorkflowOutput<R> executeChildWorkflow(ChildWorkflowInput<R> input) {
      TraceHeader.pass(trace(), input.getHeader());
      return super.executeChildWorkflow(input);
    }
  }
}
