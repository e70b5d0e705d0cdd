package dev.countersign.approval;

import static org.awaitility.Awaitility.await;

import dev.countersign.Closing;
import dev.countersign.PatientWorker;
import dev.countersign.ciba.ClientNotificationToken;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.lease.Lease;
import dev.countersign.vault.Vault;
import dev.countersign.workflow.TaskQueues;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A time-skipping Temporal, a provider, and workflows that do nothing but ask for approvals. */
final class PaymentWorld implements AutoCloseable {
  static final TaskQueues QUEUES = new TaskQueues("payments");

  final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkerFactoryOptions(
                  // no cache: every workflow task replays the history from its start
                  WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(0).build())
              .build());
  final Clock clock = VirtualTime.of(environment);
  final FakeProvider provider = new FakeProvider(clock);
  final Waits waits = new Waits(Lease.unlimited());
  final Vault vault = Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");

  private final Worker workflows;

  PaymentWorld(PollingSettings settings) {
    this(settings, 1_000);
  }

  /** With so many decisions waited for at a time. */
  PaymentWorld(PollingSettings settings, int slots) {
    ApprovalActivities activities =
        new ApprovalActivitiesImpl(
            provider,
            vault,
            new LoginHintTemplate("{sub}", "https://tenant.example.com/"),
            QuestionLimits.NONE,
            waits,
            settings,
            clock);
    workflows = environment.newWorker(QUEUES.workflows(), PatientWorker.OPTIONS);
    workflows.registerWorkflowImplementationTypes(
        PaymentWorkflow.Impl.class, ManyPaymentsWorkflow.Impl.class);
    workflows.registerActivitiesImplementations(activities);
    environment
        .newWorker(
            QUEUES.waits(),
            WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(slots)
                .setUsingVirtualThreadsOnActivityWorker(true)
                .build())
        .registerActivitiesImplementations(activities);
    environment.start();
  }

  static PollingSettings polling() {
    return new PollingSettings(Duration.ZERO, 100, null, null, null);
  }

  static PollingSettings pinged(Duration safetyInterval) {
    return new PollingSettings(Duration.ZERO, 100, null, null, safetyInterval);
  }

  static ApprovalRequest request(String user, @Nullable ReAsk reAsk) {
    return new ApprovalRequest(
        user,
        "Pay 50 EUR",
        List.of("openid"),
        null,
        null,
        Duration.ofMinutes(5),
        null,
        null,
        reAsk);
  }

  /** Starts one, without waiting for its end. */
  WorkflowStub start(ApprovalRequest request) {
    return start(UUID.randomUUID().toString(), request);
  }

  WorkflowStub start(String id, ApprovalRequest request) {
    WorkflowStub payment =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "PaymentWorkflow",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id)
                    .setTaskQueue(QUEUES.workflows())
                    .build());
    payment.start(request);
    return payment;
  }

  WorkflowStub start() {
    return start(request("alice", null));
  }

  /**
   * Starts a workflow that asks so often at the same time, and returns how often it was allowed.
   */
  WorkflowStub startMany(int requests) {
    WorkflowStub payments =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "ManyPaymentsWorkflow",
                WorkflowOptions.newBuilder().setTaskQueue(QUEUES.workflows()).build());
    payments.start(request("alice", null), requests);
    return payments;
  }

  /** No workflow goes on until {@link #goOn}. */
  void stopWorkflows() {
    workflows.suspendPolling();
  }

  void goOn() {
    workflows.resumePolling();
  }

  static Decision end(WorkflowStub payment) {
    return payment.getResult(Decision.class);
  }

  /** The token that went out with the newest question. */
  String newestToken() {
    return token(provider.rings().size());
  }

  /** The token that went out with a question; the first is 1. */
  String token(int ring) {
    ClientNotificationToken token = provider.rings().get(ring - 1).notificationToken();
    return Objects.requireNonNull(token).value();
  }

  String newestAuthReqId() {
    return FakeProvider.AUTH_REQ_ID + provider.rings().size();
  }

  /** Pings as the endpoint does. */
  void ping(String workflowId, String token, String authReqId) {
    WorkflowClient client = environment.getWorkflowClient();
    client
        .newUntypedWorkflowStub(workflowId)
        .signal(
            "CibaPing",
            new CibaPing(NotificationTokens.digest(token), NotificationTokens.digest(authReqId)));
  }

  void ping(WorkflowStub payment) {
    ping(id(payment), newestToken(), newestAuthReqId());
  }

  static String id(WorkflowStub payment) {
    return Objects.requireNonNull(payment.getExecution()).getWorkflowId();
  }

  List<HistoryEvent> history(WorkflowStub payment) {
    return environment.getWorkflowClient().fetchHistory(id(payment)).getEvents();
  }

  /** Lets time pass, by no more than the polls need. */
  void awaitPolls(int polls) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> {
          environment.sleep(Duration.ofSeconds(1));
          return provider.polls().size() == polls;
        });
  }

  /** Waits until the workflow has begun so many waits for a decision. */
  void awaitWaits(WorkflowStub payment, int waits) {
    await()
        .until(() ->
            history(payment).stream()
                    .filter(event ->
                        event
                            .getActivityTaskScheduledEventAttributes()
                            .getActivityType()
                            .getName()
                            .equals("AwaitDecision"))
                    .count()
                == waits);
  }

  void awaitEvent(WorkflowStub payment, EventType type) {
    await().until(() -> history(payment).stream().anyMatch(event -> event.getEventType() == type));
  }

  @Override
  public void close() {
    waits.close();
    Closing.later(environment);
  }
}
