package dev.countersign.app.events;

import com.google.protobuf.ByteString;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The part of a Temporal server that tells the history of one workflow. A page token is the number
 * of events that were told and the run that they are of.
 */
final class HistoryServer extends WorkflowServiceGrpc.WorkflowServiceImplBase
    implements AutoCloseable {
  private final List<List<EventType>> runs = new ArrayList<>();
  private final Server server;
  private final WorkflowServiceStubs stubs;

  /** That are open. */
  final AtomicInteger connections = new AtomicInteger();

  private boolean closed = true;
  private int eventsTold;
  private int waiting;
  private int failures;

  HistoryServer() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .addTransportFilter(
                  new ServerTransportFilter() {
                    @Override
                    public Attributes transportReady(Attributes attributes) {
                      connections.incrementAndGet();
                      return attributes;
                    }

                    @Override
                    public void transportTerminated(Attributes attributes) {
                      connections.decrementAndGet();
                    }
                  })
              .addService(this)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget("localhost:" + server.getPort())
                .validateAndBuildWithDefaults());
  }

  WorkflowClient client() {
    return WorkflowClient.newInstance(stubs);
  }

  /** Begins a run, after another one if there was one. */
  synchronized void begins(EventType... events) {
    runs.add(new ArrayList<>(List.of(events)));
    closed = false;
    notifyAll();
  }

  synchronized void goesOn(EventType... events) {
    runs.getLast().addAll(List.of(events));
    notifyAll();
  }

  synchronized void ends() {
    closed = true;
    goesOn(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED);
  }

  /** The next calls for history fail. */
  synchronized void fails(int times) {
    failures = times;
    notifyAll();
  }

  synchronized int eventsTold() {
    return eventsTold;
  }

  synchronized int waiting() {
    return waiting;
  }

  @Override
  public void getSystemInfo(
      GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
    answer.onNext(GetSystemInfoResponse.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public synchronized void describeWorkflowExecution(
      DescribeWorkflowExecutionRequest request,
      StreamObserver<DescribeWorkflowExecutionResponse> answer) {
    if (runs.isEmpty()) {
      answer.onError(Status.NOT_FOUND.asRuntimeException());
      return;
    }
    WorkflowExecutionInfo info =
        WorkflowExecutionInfo.newBuilder()
            .setExecution(
                WorkflowExecution.newBuilder().setRunId(Integer.toString(runs.size() - 1)))
            .setHistoryLength(runs.getLast().size())
            .setStatus(
                closed
                    ? WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED
                    : WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING)
            .build();
    answer.onNext(
        DescribeWorkflowExecutionResponse.newBuilder().setWorkflowExecutionInfo(info).build());
    answer.onCompleted();
  }

  @Override
  public synchronized void getWorkflowExecutionHistory(
      GetWorkflowExecutionHistoryRequest request,
      StreamObserver<GetWorkflowExecutionHistoryResponse> answer) {
    int run = Integer.parseInt(request.getExecution().getRunId());
    String token = request.getNextPageToken().toStringUtf8();
    int told = token.isEmpty() ? 0 : Integer.parseInt(token);
    if (failures > 0 || !awaitMore(run, told)) {
      failures--;
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    List<EventType> all = runs.get(run);
    int until = Math.min(all.size(), told + request.getMaximumPageSize());
    History.Builder page = History.newBuilder();
    for (int i = told; i < until; i++) {
      page.addEvents(HistoryEvent.newBuilder().setEventId(i + 1L).setEventType(all.get(i)));
      eventsTold++;
    }
    var response = GetWorkflowExecutionHistoryResponse.newBuilder().setHistory(page);
    if (until < all.size() || isOpen(run)) {
      response.setNextPageToken(ByteString.copyFromUtf8(Integer.toString(until)));
    }
    answer.onNext(response.build());
    answer.onCompleted();
  }

  private boolean isOpen(int run) {
    return run == runs.size() - 1 && !closed;
  }

  /** A call that has ended takes no failure from the next one. */
  private synchronized void wake() {
    notifyAll();
  }

  /** Whether there is more; not if the caller hangs up, or is to be failed. */
  private boolean awaitMore(int run, int told) {
    Context call = Context.current();
    call.addListener(_ -> wake(), Runnable::run);
    waiting++;
    try {
      while (runs.get(run).size() <= told && isOpen(run)) {
        if (call.isCancelled() || failures > 0) {
          return false;
        }
        wait();
      }
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      waiting--;
    }
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    server.shutdownNow();
  }
}
