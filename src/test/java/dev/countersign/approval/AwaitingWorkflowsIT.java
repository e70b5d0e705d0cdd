package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.workflow.TaskQueues;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two applications in one namespace of a real server, whose lists tests have no stand-in for. */
class AwaitingWorkflowsIT {
  private static final TaskQueues ORDERS = new TaskQueues("Order service");
  private static final TaskQueues BANK = new TaskQueues("bank");

  @Test
  void listsTheWorkflowsOfItsOwnApplicationOnly() {
    try (TemporalLauncher temporal = TemporalLauncher.start(LauncherSettings.temporary())) {
      WorkflowServiceStubs stubs =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder().setTarget(temporal.target()).build());
      try {
        WorkflowClient client = WorkflowClient.newInstance(stubs);
        WorkflowExecution order = started(client, ORDERS);
        WorkflowExecution transfer = started(client, BANK);

        awaitListed(client, ORDERS, order);
        awaitListed(client, BANK, transfer);
        assertThat(listed(client, new TaskQueues("other"))).isEmpty();
      } finally {
        stubs.shutdownNow();
      }
    }
  }

  private static WorkflowExecution started(WorkflowClient client, TaskQueues queues) {
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(
            "Waiting", WorkflowOptions.newBuilder().setTaskQueue(queues.workflows()).build());
    return workflow.start();
  }

  private static void awaitListed(
      WorkflowClient client, TaskQueues queues, WorkflowExecution only) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(listed(client, queues)).containsExactly(only));
  }

  private static List<WorkflowExecution> listed(WorkflowClient client, TaskQueues queues) {
    return new AwaitingWorkflows(client, queues, "ExecutionStatus = 'Running'").listed(() -> {});
  }
}
