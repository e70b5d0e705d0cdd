package dev.countersign.tracing;

import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;

/**
 * Tells workflows in whose trace they are started and updated. A workflow that an update starts
 * outlives that: only the update is told.
 */
final class ClientTracing extends WorkflowClientInterceptorBase {
  private final Traces traces;

  ClientTracing(Traces traces) {
    this.traces = traces;
  }

  @Override
  public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(
      WorkflowClientCallsInterceptor next) {
    return new WorkflowClientCallsInterceptorBase(next) {
      @Override
      public WorkflowStartOutput start(WorkflowStartInput input) {
        TraceHeader.write(traces.current(), input.getHeader());
        return super.start(input);
      }

      @Override
      public <R> WorkflowUpdateHandle<R> startUpdate(StartUpdateInput<R> input) {
        TraceHeader.write(traces.current(), input.getHeader());
        return super.startUpdate(input);
      }

      @Override
      public <R> WorkflowUpdateWithStartOutput<R> updateWithStart(
          WorkflowUpdateWithStartInput<R> input) {
        TraceHeader.write(traces.current(), input.getStartUpdateInput().getHeader());
        return super.updateWithStart(input);
      }
    };
  }
}
