package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.devservices.loopback.FreePort;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testserver.TestServer;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Starts the Temporal side against a server of this process. */
class WorkersAppTest {
  private static final int PORT = FreePort.next();
  private static final TestServer.PortBoundTestServer SERVER =
      TestServer.createPortBoundServer(PORT);
  private static ConfigurableApplicationContext app;

  @BeforeAll
  static void start() {
    app =
        new SpringApplicationBuilder(WorkersApp.class)
            .run(
                "--server.port=0",
                "--management.server.port=0",
                "--spring.application.name=workers",
                "--countersign.temporal.address=127.0.0.1:" + PORT);
  }

  @AfterAll
  static void stop() {
    app.close();
    SERVER.close();
  }

  private static Status health() {
    return app.getBean(TemporalHealthIndicator.class).health().getStatus();
  }

  @Test
  void isHealthyOnceWorkersPollAndTheServerAnswered() {
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> health().equals(Status.UP));
    assertThat(app.getBean(DurableStore.class).isReachable()).isTrue();
    assertThat(app.getBean(CountersignTemporal.class).workers().isStarted()).isTrue();
  }

  @Test
  void bothTaskQueuesHaveAWorker() {
    WorkerFactory workers = app.getBean(CountersignTemporal.class).workers();
    assertThat(workers.tryGetWorker("workers")).isNotNull();
    assertThat(workers.tryGetWorker("workers-approvals")).isNotNull();
  }

  /** As right after a start, or with a small share of a processor. */
  @Test
  void takesASlowWorkflowForNoDeadlock() throws TimeoutException {
    CountersignTemporal temporal = app.getBean(CountersignTemporal.class);
    WorkflowStub slow =
        temporal
            .client()
            .newUntypedWorkflowStub(
                "SlowWorkflow",
                WorkflowOptions.newBuilder()
                    .setWorkflowId("slow")
                    .setTaskQueue(temporal.taskQueues().workflows())
                    .build());
    slow.start(Duration.ofMillis(1_500));
    slow.getResult(30, TimeUnit.SECONDS, Void.class);
    assertThat(temporal.client().fetchHistory("slow").getEvents())
        .noneMatch(HistoryEvent::hasWorkflowTaskFailedEventAttributes);
  }

  @Test
  void requestsComeToTheirEndsBeforeTheWorkersStop() {
    assertThat(app.getBean("webServerGracefulShutdown", SmartLifecycle.class).getPhase())
        .isGreaterThan(app.getBean(WorkersLifecycle.class).getPhase());
  }
}
