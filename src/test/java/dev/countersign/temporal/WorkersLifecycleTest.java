package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.PatientWorker;
import dev.countersign.approval.Waits;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class WorkersLifecycleTest {
  private static final String TASK_QUEUE = "polite";

  @Test
  void activityUnderWayReportsItsEndBeforeTheChannelCloses() throws InterruptedException {
    try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance()) {
      Worker worker = temporal.newWorker(TASK_QUEUE, PatientWorker.OPTIONS);
      WaitsForShutdown activity = new WaitsForShutdown();
      worker.registerWorkflowImplementationTypes(OneActivityWorkflow.class);
      worker.registerActivitiesImplementations(activity);
      temporal.start();
      WorkflowClient client = temporal.getWorkflowClient();
      OneActivity workflow =
          client.newWorkflowStub(
              OneActivity.class,
              WorkflowOptions.newBuilder()
                  .setTaskQueue(TASK_QUEUE)
                  .setWorkflowId("polite-1")
                  .build());
      var _ = WorkflowClient.start(workflow::run);
      assertThat(activity.started.await(10, TimeUnit.SECONDS)).isTrue();

      StaticListableBeanFactory beans = new StaticListableBeanFactory();
      WorkersLifecycle shutdown =
          new WorkersLifecycle(temporal.getWorkerFactory(), beans.getBeanProvider(Waits.class));
      shutdown.start();
      shutdown.stop();

      assertThat(activity.toldToStop.getCount()).isZero();
      assertThat(temporal.getWorkerFactory().isTerminated()).isTrue();
      assertThat(shutdown.isRunning()).isFalse();
      assertThat(client.fetchHistory("polite-1").getEvents())
          .anyMatch(event -> event.hasActivityTaskCompletedEventAttributes());
    }
  }

  /** A workflow of one activity. */
  @WorkflowInterface
  public interface OneActivity {
    @WorkflowMethod
    void run();
  }

  /** See there. */
  public static class OneActivityWorkflow implements OneActivity {
    private final Wait wait =
        Workflow.newActivityStub(
            Wait.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());

    @Override
    public void run() {
      wait.untilShutdown();
    }
  }

  /** Waits. */
  @ActivityInterface
  public interface Wait {
    void untilShutdown();
  }

  private static final class WaitsForShutdown implements Wait {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch toldToStop = new CountDownLatch(1);

    @Override
    public void untilShutdown() {
      // the first one is sent at once, the next ones are throttled: none is in flight from here on
      Activity.getExecutionContext().heartbeat(null);
      started.countDown();
      try {
        while (!toldToStop.await(20, TimeUnit.MILLISECONDS)) {
          Activity.getExecutionContext().heartbeat(null);
        }
      } catch (ActivityWorkerShutdownException e) {
        toldToStop.countDown();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
