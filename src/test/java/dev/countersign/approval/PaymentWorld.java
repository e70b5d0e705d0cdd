package dev.countersign.approval;

import static org.awaitility.Awaitility.await;

import dev.countersign.ciba.ClientNotificationToken;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.vault.Vault;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A time-skipping Temporal, a provider, and workflows that do nothing but ask for approvals. */
final class PaymentWorld implements AutoCloseable {
  private static final String QUEUE = "payments";

  final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkerFactoryOptions(
                  // no cache: every workflow task replays the history from its start
                  WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(0).build())
              .build());
  final Clock clock = new VirtualTime(environment);
  final FakeProvider provider = new FakeProvider(clock);
  final HeartbeatTicker ticker = new HeartbeatTicker();
  final Vault vault = Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");

  PaymentWorld(PollingSettings settings) {
    ApprovalActivities activities =
        new ApprovalActivitiesImpl(
            provider,
            vault,
            new LoginHintTemplate("{sub}", "https://tenant.example.com/"),
            () -> true,
            ticker,
            settings,
            clock);
    Worker worker = environment.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(PaymentWorkflow.Impl.class);
    worker.registerActivitiesImplementations(activities);
    environment
        .newWorker(ApprovalActivities.WAIT_TASK_QUEUE)
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
                WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(QUEUE).build());
    payment.start(request);
    return payment;
  }

  WorkflowStub start() {
    return start(request("alice", null));
  }

  static Decision end(WorkflowStub payment) {
    return payment.getResult(Decision.class);
  }

  /** The token that went out with the newest question. */
  String newestToken() {
    ClientNotificationToken token = provider.rings().getLast().notificationToken();
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

  void awaitEvent(WorkflowStub payment, EventType type) {
    await().until(() -> history(payment).stream().anyMatch(event -> event.getEventType() == type));
  }

  @Override
  public void close() {
    ticker.close();
    environment.close();
  }
}
