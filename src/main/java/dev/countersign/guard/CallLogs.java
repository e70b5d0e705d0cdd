package dev.countersign.guard;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.Header;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Has lines of the log about a call name the workflow that has started it too, such as the
 * conversation: in SLF4J's MDC, beside what Temporal's SDK has there. Activities are told by a
 * header.
 */
public final class CallLogs extends WorkerInterceptorBase {
  /** Name in the MDC. */
  public static final String STARTED_BY = "ConversationId";

  private static final String HEADER = "countersign-started-by";
  private static final DataConverter JSON = DefaultDataConverter.STANDARD_INSTANCE;

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new Calls(next);
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Activities(next);
  }

  private static final class Activities extends ActivityInboundCallsInterceptorBase {
    private Activities(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public ActivityInboundCallsInterceptor.ActivityOutput execute(
        ActivityInboundCallsInterceptor.ActivityInput input) {
      Payload told = input.getHeader().getValues().get(HEADER);
      if (told == null) {
        return super.execute(input);
      }
      String startedBy = JSON.fromPayload(told, String.class, String.class);
      try (MDC.MDCCloseable _ = MDC.putCloseable(STARTED_BY, startedBy)) {
        return super.execute(input);
      }
    }
  }

  private static final class Calls extends WorkflowInboundCallsInterceptorBase {
    private @Nullable String startedBy;

    private Calls(WorkflowInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(WorkflowOutboundCallsInterceptor next) {
      super.init(
          new WorkflowOutboundCallsInterceptorBase(next) {
            @Override
            public <R> WorkflowOutboundCallsInterceptor.ActivityOutput<R> executeActivity(
                WorkflowOutboundCallsInterceptor.ActivityInput<R> input) {
              tell(input.getHeader());
              return super.executeActivity(input);
            }
          });
    }

    private void tell(Header header) {
      if (startedBy != null) {
        JSON.toPayload(startedBy).ifPresent(told -> header.getValues().put(HEADER, told));
      }
    }

    @Override
    public WorkflowOutput execute(WorkflowInput input) {
      startedBy =
          input.getArguments().length == 1 && input.getArguments()[0] instanceof FrozenCall call
              ? Freezer.read(call).startedBy()
              : null;
      if (startedBy == null) {
        return super.execute(input);
      }
      try (MDC.MDCCloseable _ = MDC.putCloseable(STARTED_BY, startedBy)) {
        return super.execute(input);
      }
    }
  }
}
