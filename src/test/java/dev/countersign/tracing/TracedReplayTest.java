package dev.countersign.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AllWorkflows;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workflows that began without traces go on with them, and a replay makes no span. */
class TracedReplayTest {
  private static final RecordedSpans SPANS = new RecordedSpans();
  private static final TestWorkflowEnvironment ENVIRONMENT =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkerFactoryOptions(
                  WorkerFactoryOptions.newBuilder()
                      .setWorkerInterceptors(new WorkerTracing(Traces.by(SPANS.tracer())))
                      .build())
              .build());
  private static final Worker WORKER =
      ENVIRONMENT.newWorker(
          "replay", WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(10_000).build());

  static List<Path> histories() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/histories"))) {
      return files.sorted().toList();
    }
  }

  @BeforeAll
  static void register() {
    WORKER.registerWorkflowImplementationTypes(AllWorkflows.types());
  }

  @AfterAll
  static void close() {
    ENVIRONMENT.close();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void everyRecordedHistoryReplays(Path history) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(
        WorkflowExecutionHistory.fromJson(Files.readString(history)), WORKER);

    assertThat(SPANS.spans()).isEmpty();
  }
}
