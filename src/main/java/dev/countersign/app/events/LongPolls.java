package dev.countersign.app.events;

import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.MetricsTag;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Calls of Temporal that may take long, on connections of their own. An HTTP/2 server, or a proxy
 * before it, may allow as few as 100 calls at once on a connection (RFC 9113 6.5.2), and then
 * viewers would keep the workers' polls waiting.
 */
@Component
final class LongPolls implements AutoCloseable {
  private static final int CALLS_PER_CONNECTION = 100;

  private final List<Connection> connections = new ArrayList<>();
  private final WorkflowClient client;
  private boolean closed;

  LongPolls(WorkflowClient client) {
    this.client = client;
  }

  private static final class Connection {
    private final WorkflowServiceStubs stubs;
    private int calls;

    Connection(WorkflowServiceStubs stubs) {
      this.stubs = stubs;
    }
  }

  String namespace() {
    return client.getOptions().getNamespace();
  }

  /** Makes a call that the server may hold for a minute. */
  <T> T longPoll(Function<WorkflowServiceBlockingStub, T> call) {
    return call(
        stub -> call.apply(stub.withOption(MetricsTag.HISTORY_LONG_POLL_CALL_OPTIONS_KEY, true)));
  }

  /** Makes a call; cancelling the gRPC context ends it. */
  <T> T call(Function<WorkflowServiceBlockingStub, T> call) {
    Connection connection = take();
    try {
      return call.apply(connection.stubs.blockingStub());
    } finally {
      giveBack(connection);
    }
  }

  private synchronized Connection take() {
    if (closed) {
      throw new IllegalStateException("The application stops");
    }
    Connection free =
        connections.stream()
            .filter(connection -> connection.calls < CALLS_PER_CONNECTION)
            .findFirst()
            .orElseGet(this::connect);
    free.calls++;
    return free;
  }

  private Connection connect() {
    Connection connection =
        new Connection(
            WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder(
                        client.getWorkflowServiceStubs().getOptions())
                    .validateAndBuildWithDefaults()));
    connections.add(connection);
    return connection;
  }

  /** One that nobody needs is kept, since the next call may come at once; others are closed. */
  private synchronized void giveBack(Connection connection) {
    connection.calls--;
    boolean anotherIsIdle =
        connections.stream().anyMatch(other -> other != connection && other.calls == 0);
    if (connection.calls == 0 && anotherIsIdle) {
      connections.remove(connection);
      connection.stubs.shutdown();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    connections.forEach(connection -> connection.stubs.shutdownNow());
  }
}
