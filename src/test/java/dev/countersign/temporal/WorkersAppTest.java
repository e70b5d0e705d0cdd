package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Starts the Temporal side against the in-process server. */
class WorkersAppTest {
  private static ConfigurableApplicationContext app;

  @BeforeAll
  static void start() {
    app =
        new SpringApplicationBuilder(WorkersApp.class)
            .run(
                "--server.port=0",
                "--management.server.port=0",
                "--spring.temporal.test-server.enabled=true",
                "--spring.temporal.connection.target=in-process");
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static Status health() {
    return app.getBean(TemporalHealthIndicator.class).health().getStatus();
  }

  @Test
  void isHealthyOnceWorkersPollAndTheServerAnswered() {
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> health().equals(Status.UP));
    assertThat(app.getBean(DurableStore.class).isReachable()).isTrue();
    assertThat(app.getBean(WorkerFactory.class).isStarted()).isTrue();
  }

  @Test
  void bothTaskQueuesHaveAWorker() {
    WorkerFactory workers = app.getBean(WorkerFactory.class);
    assertThat(workers.tryGetWorker("countersign")).isNotNull();
    assertThat(workers.tryGetWorker("countersign-approvals")).isNotNull();
  }

  @Test
  void webServerStopsBeforeTheWorkers() {
    int workers = app.getBean(PoliteShutdown.class).getPhase();
    assertThat(List.of("webServerGracefulShutdown", "webServerStartStop"))
        .allSatisfy(name ->
            assertThat(app.getBean(name, SmartLifecycle.class).getPhase()).isGreaterThan(workers));
  }
}
