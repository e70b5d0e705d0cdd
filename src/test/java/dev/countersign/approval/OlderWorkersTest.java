package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.countersign.PatientWorker;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What workers of before have written into histories is read, and handled as they did. */
@Timeout(60)
class OlderWorkersTest {
  private static final String QUEUE = "payments";

  private final TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance();

  @AfterEach
  void close() {
    environment.close();
  }

  @Test
  void anOverloadedProviderWasAskedThriceAndNobodyWasTold() {
    OverloadedActivities activities = new OverloadedActivities();
    Worker worker = environment.newWorker(QUEUE, PatientWorker.OPTIONS);
    worker.registerWorkflowImplementationTypes(PaymentWorkflow.Impl.class);
    worker.registerActivitiesImplementations(activities);
    environment.start();
    WorkflowStub payment =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "PaymentWorkflow", WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
    payment.start(PaymentWorld.request("alice", null));

    assertThat(PaymentWorld.end(payment))
        .isInstanceOfSatisfying(
            Decision.Failed.class, failed -> assertThat(failed.reason()).isEqualTo("503"));
    assertThat(activities.requests).hasValue(3);
    assertThat(payment.query("told", String[].class)).isEmpty();
  }

  @Test
  void unclearAnswersHadNoTimeToAskAgain() {
    assertThat(read("{\"outcome\":\"ambiguous\",\"reason\":\"reset\"}"))
        .isEqualTo(new AskOutcome.Ambiguous("reset", null));
    assertThat(read("{\"outcome\":\"overloaded\",\"reason\":\"503\",\"retryAfter\":3}"))
        .isEqualTo(new AskOutcome.Overloaded("503", Duration.ofSeconds(3)));
  }

  private static AskOutcome read(String json) {
    Payload payload =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8(json))
            .build();
    return DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
        payload, AskOutcome.class, AskOutcome.class);
  }

  private static final class OverloadedActivities implements ApprovalActivities {
    private final AtomicInteger requests = new AtomicInteger();

    @Override
    public AskOutcome requestApproval(ApprovalRequest request, @Nullable Reserved reserved) {
      requests.incrementAndGet();
      return new AskOutcome.Overloaded("503", null);
    }

    @Override
    public Decision awaitDecision(PendingApproval pending) {
      throw new IllegalStateException("Nobody was asked");
    }
  }
}
