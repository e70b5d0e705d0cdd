package dev.countersign.temporal;

import dev.countersign.clock.RemoteClock;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Instant;

/**
 * Reads the Temporal server's clock off the activities that it starts here: nothing else that it
 * answers tells the time.
 */
final class ActivityStartInterceptor extends WorkerInterceptorBase {
  private final RemoteClock clock;

  ActivityStartInterceptor(RemoteClock clock) {
    this.clock = clock;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public void init(ActivityExecutionContext context) {
        observe(context.getInfo());
        super.init(context);
      }
    };
  }

  private void observe(ActivityInfo activity) {
    if (!activity.isLocal()) {
      clock.observeStart(Instant.ofEpochMilli(activity.getStartedTimestamp()), System.nanoTime());
    }
  }
}
