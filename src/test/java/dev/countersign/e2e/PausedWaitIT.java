package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.tenant.PollLog;
import dev.countersign.devservices.tenant.TenantSettings;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.PauseActivityRequest;
import io.temporal.api.workflowservice.v1.UnpauseActivityRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator pauses the wait for a decision in Temporal's Web UI, and has it go on again. */
class PausedWaitIT {
  private static final String NAMESPACE = "default";
  private static final String OPERATOR = "operator";

  @Test
  void goesOnAtTheProvidersPace() {
    try (Product product =
        new Product(TenantSettings.on(0, null).withInterval(Duration.ofSeconds(10)))
            .startApplication("countersign.approval.burst=0s")) {
      WorkflowClient client = product.application().getBean(WorkflowClient.class);
      WorkflowServiceBlockingStub temporal = client.getWorkflowServiceStubs().blockingStub();
      Api alice = product.as("alice");
      String id = alice.buy(1, "metronome");
      WorkflowExecution call = WorkflowExecution.newBuilder().setWorkflowId(id).build();
      await().atMost(Product.PATIENCE).until(() -> polls(product).size() == 1);
      await()
          .atMost(Product.PATIENCE)
          .until(
              () -> wait(client, id).getState(),
              PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED::equals);
      String activity = wait(client, id).getActivityId();
      var _ =
          temporal.pauseActivity(
              PauseActivityRequest.newBuilder()
                  .setNamespace(NAMESPACE)
                  .setExecution(call)
                  .setIdentity(OPERATOR)
                  .setId(activity)
                  .build());
      var _ =
          temporal.unpauseActivity(
              UnpauseActivityRequest.newBuilder()
                  .setNamespace(NAMESPACE)
                  .setExecution(call)
                  .setIdentity(OPERATOR)
                  .setId(activity)
                  .build());
      await().atMost(Product.PATIENCE).until(() -> polls(product).size() >= 3);
      product.phoneOf("alice").approve("Do you want to buy 1 metronome");
      Product.awaitStatus(alice, id, "ORDERED");
      assertThat(polls(product)).extracting(PollLog.Poll::answer).doesNotContain("SlowDown");
      assertThat(attempts(client, id)).isGreaterThan(polls(product).size()); // one came too soon
    }
  }

  private static PendingActivityInfo wait(WorkflowClient client, String id) {
    return client.newUntypedWorkflowStub(id).describe().getRawDescription().getPendingActivities(0);
  }

  private static int attempts(WorkflowClient client, String id) {
    return client.fetchHistory(id).getEvents().stream()
        .mapToInt(event -> event.getActivityTaskStartedEventAttributes().getAttempt())
        .max()
        .orElseThrow();
  }

  private static List<PollLog.Poll> polls(Product product) {
    return product.tenant.polls().stream().flatMap(request -> request.polls().stream()).toList();
  }
}
