package dev.countersign.temporal;

import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.serviceclient.rpcretry.DefaultStubServiceOperationRpcRetryOptions;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import java.time.Duration;

/**
 * Ends the SDK's retries of a call after 8 s, where it has a minute: who called by HTTP is told
 * within 10 s that Temporal is away. What an activity reports has retry options of its own and is
 * not concerned.
 */
final class BoundedCalls implements TemporalOptionsCustomizer<WorkflowServiceStubsOptions.Builder> {
  private static final Duration RETRIES = Duration.ofSeconds(8);

  @Override
  public WorkflowServiceStubsOptions.Builder customize(
      WorkflowServiceStubsOptions.Builder options) {
    return options.setRpcRetryOptions(
        RpcRetryOptions.newBuilder(DefaultStubServiceOperationRpcRetryOptions.INSTANCE)
            .setExpiration(RETRIES)
            .build());
  }
}
