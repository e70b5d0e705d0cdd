package dev.countersign.tracing;

import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;

/** Has workflows pass their trace on, and makes a span of each activity in one. */
final class WorkerTracing extends WorkerInterceptorBase {
  private final Traces traces;

  WorkerTracing(Traces traces) {
    this.traces = traces;
  }

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new TracedWorkflow(next);
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new TracedActivity(next, traces);
  }
}
