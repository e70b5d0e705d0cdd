package dev.countersign.temporal;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Sends no update while Temporal is known to be away. Only clients send updates, and somebody waits
 * for the answer of each.
 */
final class UpdateBreaker implements ClientInterceptor {
  private static final Set<String> UPDATES =
      Set.of("UpdateWorkflowExecution", "PollWorkflowExecutionUpdate");

  private final BooleanSupplier reachable;

  UpdateBreaker(BooleanSupplier reachable) {
    this.reachable = reachable;
  }

  /**
   * Lets a call through, or not.
   *
   * @throws TemporalAwayException which, unlike a gRPC status, the SDK doesn't retry
   */
  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    String name = method.getBareMethodName();
    if (name != null && UPDATES.contains(name) && !reachable.getAsBoolean()) {
      throw new TemporalAwayException();
    }
    return next.newCall(method, options);
  }
}
