package dev.countersign.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.client.WorkflowCounts;
import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.guard.GuardActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import io.temporal.common.converter.EncodedValues;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What visibility and descriptions of a real server tell of calls. */
class TemporalCallLooksIT {
  private static final String QUEUE = "looks";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String QUERY =
      "TaskQueue = 'looks' AND " + ApprovalAttributes.AWAITING_APPROVAL;

  @SuppressWarnings("NullAway.Init")
  private static TemporalLauncher temporal;

  @SuppressWarnings("NullAway.Init")
  private static WorkflowClient client;

  @BeforeAll
  static void start() {
    temporal = TemporalLauncher.start(LauncherSettings.temporary());
    client =
        WorkflowClient.newInstance(
            WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(temporal.target()).build()));
  }

  @AfterAll
  static void stop() {
    client.getWorkflowServiceStubs().shutdownNow();
    temporal.close();
  }

  /** Runs the method of a call, as the workflow does. */
  public static final class Running implements DynamicWorkflow {
    @Override
    public Object execute(EncodedValues arguments) {
      return Workflow.newUntypedActivityStub(
              ActivityOptions.newBuilder()
                  .setTaskQueue(QUEUE + "-runs")
                  .setStartToCloseTimeout(Duration.ofMinutes(1))
                  .build())
          .execute(GuardActivities.RUN, String.class);
    }
  }

  @Test
  void tellsWhoseRunHasNotBegun() {
    WorkflowStub call =
        client.newUntypedWorkflowStub(
            "GuardedCall",
            WorkflowOptions.newBuilder()
                .setWorkflowId("call-1")
                .setTaskQueue(QUEUE)
                .setTypedSearchAttributes(
                    SearchAttributes.newBuilder()
                        .set(ApprovalAttributes.STATUS, "AWAITING_APPROVAL")
                        .set(
                            ApprovalAttributes.APPROVAL_EXPIRES_AT,
                            OffsetDateTime.now(ZoneOffset.UTC).minusHours(1))
                        .build())
                .build());
    call.start();
    TemporalCallLooks looks = new TemporalCallLooks(client, QUERY);
    Instant approvedAt = Instant.now();

    await()
        .atMost(PATIENCE)
        .until(() -> looks.waiting(List.of("call-1", "call-2")).equals(List.of("call-1")));
    assertThat(looks.awaitsRun("call-1", approvedAt)).isTrue(); // no worker hears of the approval
    assertThat(looks.awaitsRun("call-2", approvedAt)).isFalse();
    PendingCalls.Known known =
        new PendingCalls(QUERY, new WorkflowCounts(client)::count, InstantSource.system()).look();
    assertThat(known.count()).isOne();
    assertThat(known.overdue()).isOne();
    assertThat(known.oldest()).isLessThan(Duration.ofMinutes(1));

    CountDownLatch runs = new CountDownLatch(1);
    WorkerFactory workers = WorkerFactory.newInstance(client);
    workers.newWorker(QUEUE).registerWorkflowImplementationTypes(Running.class);
    workers.start();
    await()
        .atMost(PATIENCE)
        .until(() -> !call.describe().getRawDescription().getPendingActivitiesList().isEmpty());
    assertThat(looks.awaitsRun("call-1", approvedAt)).isTrue(); // no worker has the tool
    WorkerFactory runners = WorkerFactory.newInstance(client);
    Worker runner = runners.newWorker(QUEUE + "-runs");
    runner.registerActivitiesImplementations((DynamicActivity) _ -> waited(runs));
    runners.start();

    await().atMost(PATIENCE).until(() -> !looks.awaitsRun("call-1", approvedAt));
    runs.countDown();
    call.getResult(String.class);
    assertThat(looks.awaitsRun("call-1", approvedAt)).isFalse();
    await().atMost(PATIENCE).until(() -> looks.waiting(List.of("call-1")).isEmpty());
    workers.shutdownNow();
    runners.shutdownNow();
  }

  private static Object waited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "done";
  }
}
