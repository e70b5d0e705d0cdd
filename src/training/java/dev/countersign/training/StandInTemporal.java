package dev.countersign.training;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.command.v1.Command;
import io.temporal.api.command.v1.ScheduleActivityTaskCommandAttributes;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionSignaledEventAttributes;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.api.history.v1.WorkflowTaskScheduledEventAttributes;
import io.temporal.api.history.v1.WorkflowTaskStartedEventAttributes;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatResponse;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedResponse;
import io.temporal.api.workflowservice.v1.ShutdownWorkerRequest;
import io.temporal.api.workflowservice.v1.ShutdownWorkerResponse;
import io.temporal.api.workflowservice.v1.SignalWithStartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.SignalWithStartWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A Temporal server, as far as a start needs one: it takes the process's lease through its first
 * workflow task and its activity, and has no other work. What it lacks the application gets along
 * without.
 */
final class StandInTemporal implements AutoCloseable {
  private static final String RUN = "4b7c8a3e-0000-4000-8000-000000000000";
  private static final long POLL_SECONDS = 20;

  private final Server server;

  StandInTemporal() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .addService(new Service())
            .build()
            .start();
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /** Queues of tasks by their names. */
  private static final class Tasks<T extends Message> {
    private final Map<String, BlockingQueue<T>> queues = new ConcurrentHashMap<>();

    void add(String queue, T task) {
      queue(queue).add(task);
    }

    /** None, after some time: the default of its type, as a server answers. */
    void poll(String queue, T none, StreamObserver<T> poller) {
      try {
        T task = queue(queue).poll(POLL_SECONDS, TimeUnit.SECONDS);
        answer(poller, task == null ? none : task);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private BlockingQueue<T> queue(String name) {
      return queues.computeIfAbsent(name, _ -> new LinkedBlockingQueue<>());
    }
  }

  private static <T> void answer(StreamObserver<T> caller, T answer) {
    caller.onNext(answer);
    caller.onCompleted();
  }

  private static final class Service extends WorkflowServiceImplBase {
    private final Tasks<PollWorkflowTaskQueueResponse> workflowTasks = new Tasks<>();
    private final Tasks<PollActivityTaskQueueResponse> activityTasks = new Tasks<>();

    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> caller) {
      answer(
          caller,
          GetSystemInfoResponse.newBuilder()
              .setServerVersion("1.32.0")
              .setCapabilities(
                  GetSystemInfoResponse.Capabilities.newBuilder()
                      .setSignalAndQueryHeader(true)
                      .setInternalErrorDifferentiation(true)
                      .setEncodedFailureAttributes(true)
                      .setEagerWorkflowStart(true)
                      .setSdkMetadata(true))
              .build());
    }

    @Override
    public void describeNamespace(
        DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> caller) {
      answer(
          caller,
          DescribeNamespaceResponse.newBuilder()
              .setConfig(
                  NamespaceConfig.newBuilder()
                      .setWorkflowExecutionRetentionTtl(Durations.fromDays(30)))
              .build());
    }

    @Override
    public void countWorkflowExecutions(
        CountWorkflowExecutionsRequest request,
        StreamObserver<CountWorkflowExecutionsResponse> caller) {
      answer(caller, CountWorkflowExecutionsResponse.getDefaultInstance());
    }

    @Override
    public void signalWithStartWorkflowExecution(
        SignalWithStartWorkflowExecutionRequest request,
        StreamObserver<SignalWithStartWorkflowExecutionResponse> caller) {
      workflowTasks.add(request.getTaskQueue().getName(), firstTask(request));
      answer(
          caller,
          SignalWithStartWorkflowExecutionResponse.newBuilder()
              .setRunId(RUN)
              .setStarted(true)
              .build());
    }

    private static PollWorkflowTaskQueueResponse firstTask(
        SignalWithStartWorkflowExecutionRequest request) {
      History history =
          History.newBuilder()
              .addEvents(
                  event(1, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
                      .setWorkflowExecutionStartedEventAttributes(
                          WorkflowExecutionStartedEventAttributes.newBuilder()
                              .setWorkflowType(request.getWorkflowType())
                              .setTaskQueue(request.getTaskQueue())
                              .setInput(request.getInput())
                              .setHeader(request.getHeader())
                              .setOriginalExecutionRunId(RUN)
                              .setFirstExecutionRunId(RUN)
                              .setWorkflowTaskTimeout(Durations.fromSeconds(10))
                              .setAttempt(1)))
              .addEvents(
                  event(2, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
                      .setWorkflowExecutionSignaledEventAttributes(
                          WorkflowExecutionSignaledEventAttributes.newBuilder()
                              .setSignalName(request.getSignalName())
                              .setInput(request.getSignalInput())))
              .addEvents(
                  event(3, EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED)
                      .setWorkflowTaskScheduledEventAttributes(
                          WorkflowTaskScheduledEventAttributes.newBuilder()
                              .setTaskQueue(request.getTaskQueue())
                              .setAttempt(1)))
              .addEvents(
                  event(4, EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED)
                      .setWorkflowTaskStartedEventAttributes(
                          WorkflowTaskStartedEventAttributes.newBuilder().setScheduledEventId(3)))
              .build();
      return PollWorkflowTaskQueueResponse.newBuilder()
          .setTaskToken(ByteString.copyFromUtf8("task"))
          .setWorkflowExecution(execution(request.getWorkflowId()))
          .setWorkflowType(request.getWorkflowType())
          .setStartedEventId(4)
          .setAttempt(1)
          .setHistory(history)
          .setScheduledTime(Timestamps.now())
          .setStartedTime(Timestamps.now())
          .build();
    }

    private static HistoryEvent.Builder event(long id, EventType type) {
      return HistoryEvent.newBuilder()
          .setEventId(id)
          .setEventTime(Timestamps.now())
          .setEventType(type);
    }

    private static WorkflowExecution execution(String id) {
      return WorkflowExecution.newBuilder().setWorkflowId(id).setRunId(RUN).build();
    }

    @Override
    public void pollWorkflowTaskQueue(
        PollWorkflowTaskQueueRequest request,
        StreamObserver<PollWorkflowTaskQueueResponse> poller) {
      workflowTasks.poll(
          request.getTaskQueue().getName(),
          PollWorkflowTaskQueueResponse.getDefaultInstance(),
          poller);
    }

    @Override
    public void respondWorkflowTaskCompleted(
        RespondWorkflowTaskCompletedRequest request,
        StreamObserver<RespondWorkflowTaskCompletedResponse> caller) {
      request.getCommandsList().stream()
          .filter(Command::hasScheduleActivityTaskCommandAttributes)
          .map(Command::getScheduleActivityTaskCommandAttributes)
          .forEach(
              scheduled -> activityTasks.add(scheduled.getTaskQueue().getName(), task(scheduled)));
      answer(caller, RespondWorkflowTaskCompletedResponse.getDefaultInstance());
    }

    private static PollActivityTaskQueueResponse task(
        ScheduleActivityTaskCommandAttributes scheduled) {
      return PollActivityTaskQueueResponse.newBuilder()
          .setTaskToken(ByteString.copyFromUtf8("activity"))
          .setWorkflowNamespace("default")
          .setWorkflowExecution(execution("lease"))
          .setActivityId(scheduled.getActivityId())
          .setActivityType(ActivityType.newBuilder(scheduled.getActivityType()))
          .setInput(scheduled.getInput())
          .setHeader(scheduled.getHeader())
          .setScheduledTime(Timestamps.now())
          .setCurrentAttemptScheduledTime(Timestamps.now())
          .setStartedTime(Timestamps.now())
          .setScheduleToCloseTimeout(scheduled.getScheduleToCloseTimeout())
          .setStartToCloseTimeout(scheduled.getStartToCloseTimeout())
          .setHeartbeatTimeout(scheduled.getHeartbeatTimeout())
          .setAttempt(1)
          .build();
    }

    @Override
    public void pollActivityTaskQueue(
        PollActivityTaskQueueRequest request,
        StreamObserver<PollActivityTaskQueueResponse> poller) {
      activityTasks.poll(
          request.getTaskQueue().getName(),
          PollActivityTaskQueueResponse.getDefaultInstance(),
          poller);
    }

    @Override
    public void recordActivityTaskHeartbeat(
        RecordActivityTaskHeartbeatRequest request,
        StreamObserver<RecordActivityTaskHeartbeatResponse> caller) {
      answer(caller, RecordActivityTaskHeartbeatResponse.getDefaultInstance());
    }

    @Override
    public void shutdownWorker(
        ShutdownWorkerRequest request, StreamObserver<ShutdownWorkerResponse> caller) {
      answer(caller, ShutdownWorkerResponse.getDefaultInstance());
    }
  }
}
