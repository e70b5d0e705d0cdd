package dev.countersign.guard;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.MethodDescriptor;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;

/**
 * Has every worker take every workflow's next task. The server of tests, unlike a real one, would
 * keep it for the worker that had the last one, even when that has ended.
 */
final class NoStickyQueues implements ClientInterceptor {

  @Override
  public <I, O> ClientCall<I, O> interceptCall(
      MethodDescriptor<I, O> method, CallOptions options, Channel next) {
    return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void sendMessage(I message) {
        super.sendMessage(withoutQueue(message));
      }
    };
  }

  @SuppressWarnings("unchecked") // the same type that it had
  private static <I> I withoutQueue(I message) {
    return message instanceof RespondWorkflowTaskCompletedRequest completed
        ? (I) completed.toBuilder().clearStickyAttributes().build()
        : message;
  }
}
