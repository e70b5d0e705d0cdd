package dev.countersign.e2e;

import dev.countersign.temporal.TemporalCustomizer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the application calls of Temporal's server. */
final class TemporalCalls implements TemporalCustomizer {
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();

  /** How often a method of its service was called, such as {@code QueryWorkflow}. */
  int of(String method) {
    return calls.getOrDefault(method, 0);
  }

  @Override
  public void connection(WorkflowServiceStubsOptions.Builder connection) {
    connection.addGrpcClientInterceptor(new Counting());
  }

  private final class Counting implements ClientInterceptor {
    @Override
    public <A, B> ClientCall<A, B> interceptCall(
        MethodDescriptor<A, B> method, CallOptions options, Channel next) {
      calls.merge(Objects.requireNonNull(method.getBareMethodName()), 1, Integer::sum);
      return next.newCall(method, options);
    }
  }
}
