package dev.countersign.temporal;

import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.serviceclient.rpcretry.DefaultStubServiceOperationRpcRetryOptions;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Bounds the SDK's retries of a call, for which it has a minute: who called by HTTP is told soon
 * that Temporal is away. What an activity reports has retry options of its own and is not
 * concerned.
 *
 * @param retries how long a call is retried
 * @param reachable whether Temporal is thought to be reachable; ends the retries of updates, for
 *     which the SDK has a fixed time
 */
record BoundedCalls(Duration retries, BooleanSupplier reachable) {
  /** After an outage the server is looked for as often as this. */
  private static final Duration RECONNECT = Duration.ofSeconds(2);

  void applyTo(WorkflowServiceStubsOptions.Builder options) {
    options
        .setRpcRetryOptions(
            RpcRetryOptions.newBuilder(DefaultStubServiceOperationRpcRetryOptions.INSTANCE)
                .setExpiration(retries)
                .build())
        .setConnectionBackoffResetFrequency(RECONNECT)
        .addGrpcClientInterceptor(new UpdateBreaker(reachable));
  }
}
