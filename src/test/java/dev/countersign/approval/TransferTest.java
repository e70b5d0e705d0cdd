package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Closing;
import dev.countersign.PatientWorker;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.lease.Lease;
import dev.countersign.vault.Vault;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The building block serves any action: here a money transfer, with a workflow of its own. */
class TransferTest {
  private static final TaskQueues QUEUES = new TaskQueues("transfers");
  private static final String KEYS = "k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

  @WorkflowInterface
  public interface TransferWorkflow {
    @WorkflowMethod
    String transfer(String user, int euros);
  }

  public static class TransferWorkflowImpl implements TransferWorkflow {
    @Override
    public String transfer(String user, int euros) {
      ApprovalRequest request =
          new ApprovalRequest(
              user,
              "Transfer " + euros + " EUR",
              List.of("openid", "transfer:make"),
              null,
              null,
              Duration.ofMinutes(5));
      return switch (new Approvals().request(request)) {
        case Decision.Approved approved ->
            "transferred with a token sealed by " + approved.token().keyId();
        case Decision.Denied() -> "denied";
        case Decision.Expired() -> "expired";
        case Decision.Unreachable(var reason) -> reason;
        case Decision.Rejected(var reason, _) -> reason;
        case Decision.Lost(var reason, _) -> reason;
        case Decision.Failed(var reason, _, _) -> reason;
      };
    }
  }

  private final TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance();
  private final FakeProvider provider = new FakeProvider(VirtualTime.of(environment));
  private final Waits waits = new Waits(Lease.unlimited());

  @BeforeEach
  void start() {
    ApprovalActivities activities =
        new ApprovalActivitiesImpl(
            provider,
            Vault.withKeys(KEYS),
            new LoginHintTemplate("{sub}", "https://tenant.example.com/"),
            QuestionLimits.NONE,
            waits,
            new PollingSettings(Duration.ZERO, 100, null, null, null),
            VirtualTime.of(environment));
    Worker worker = environment.newWorker(QUEUES.workflows(), PatientWorker.OPTIONS);
    worker.registerWorkflowImplementationTypes(TransferWorkflowImpl.class);
    worker.registerActivitiesImplementations(activities);
    environment.newWorker(QUEUES.waits()).registerActivitiesImplementations(activities);
    environment.start();
  }

  @AfterEach
  void stop() {
    waits.close();
    Closing.later(environment);
  }

  @Test
  void transfersWhenTheUserApprovesAfterFourMinutes() {
    provider.approvesAfter(Duration.ofMinutes(4));
    assertThat(transfer()).isEqualTo("transferred with a token sealed by k1:tokens");
    assertThat(provider.rings())
        .singleElement()
        .satisfies(ring -> assertThat(ring.bindingMessage()).isEqualTo("Transfer 50 EUR"));
  }

  @Test
  void transfersNothingWhenTheUserDenies() {
    provider.deniesAfter(Duration.ofSeconds(20));
    assertThat(transfer()).isEqualTo("denied");
  }

  private String transfer() {
    WorkflowClient client = environment.getWorkflowClient();
    return client
        .newWorkflowStub(
            TransferWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue(QUEUES.workflows()).build())
        .transfer("alice", 50);
  }
}
