package dev.countersign.temporal;

import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.serviceclient.rpcretry.DefaultStubServiceOperationRpcRetryOptions;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Bounds the SDK's retries of a call, for which it has a minute: who called by HTTP is told soon
 * that Temporal is away. What an activity reports has retry options of its own and is not
 * concerned.
 */
final class BoundedCallsCustomizer
    implements TemporalOptionsCustomizer<WorkflowServiceStubsOptions.Builder> {
  /** After an outage the server is looked for as often as this. */
  private static final Duration RECONNECT = Duration.ofSeconds(2);

  private final Duration retries;
  private final BooleanSupplier reachable;

  /**
   * Makes a customizer of the SDK's stubs.
   *
   * @param retries how long a call is retried
   * @param reachable whether Temporal is thought to be reachable; ends the retries of updates, for
   *     which the SDK has a fixed time
   */
  BoundedCallsCustomizer(Duration retries, BooleanSupplier reachable) {
    this.retries = retries;
    this.reachable = reachable;
  }

  @Override
  public WorkflowServiceStubsOptions.Builder customize(
      WorkflowServiceStubsOptions.Builder options) {
    return options
        .setRpcRetryOptions(
            RpcRetryOptions.newBuilder(DefaultStubServiceOperationRpcRetryOptions.INSTANCE)
                .setExpiration(retries)
                .build())
        .setConnectionBackoffResetFrequency(RECONNECT)
        .addGrpcClientInterceptor(new UpdateBreaker(reachable));
  }
}
