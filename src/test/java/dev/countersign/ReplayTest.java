package dev.countersign;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.chat.ConversationWorkflowImpl;
import dev.countersign.chat.ForgottenConversationImpl;
import dev.countersign.purchase.PurchaseInput;
import dev.countersign.purchase.PurchaseState;
import dev.countersign.purchase.PurchaseWorkflow;
import dev.countersign.purchase.PurchaseWorkflowImpl;
import dev.countersign.purchase.Settlement;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.NonDeterministicException;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workflows that were started by an earlier version go on with this one. A history is recorded with
 * {@code temporal workflow show --workflow-id ID --output json} and never changed afterwards; a
 * workflow that changes keeps the old path beside {@code Workflow.getVersion}.
 */
class ReplayTest {
  private static final Path HISTORIES = Path.of("src/test/resources/histories");

  /** The usual second is too short for the first replay of a JVM on a busy machine. */
  private static final WorkerOptions PATIENT =
      WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(10_000).build();

  static List<Path> histories() throws IOException {
    try (Stream<Path> files = Files.list(HISTORIES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void everyRecordedHistoryReplays(Path history) throws Exception {
    replay(
        history,
        PurchaseWorkflowImpl.class,
        ConversationWorkflowImpl.class,
        ForgottenConversationImpl.class);
  }

  @Test
  void aChangedWorkflowIsCaught() {
    Path history = HISTORIES.resolve("purchase-ordered.json");
    assertThatThrownBy(() -> replay(history, SleepingPurchaseWorkflow.class))
        .hasStackTraceContaining(NonDeterministicException.class.getName());
  }

  private static void replay(Path history, Class<?>... workflows) throws Exception {
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      Worker worker = environment.newWorker("replay", PATIENT);
      worker.registerWorkflowImplementationTypes(workflows);
      WorkflowReplayer.replayWorkflowExecution(
          WorkflowExecutionHistory.fromJson(Files.readString(history)), worker);
    }
  }

  /** A purchase whose first step is another one. */
  public static class SleepingPurchaseWorkflow implements PurchaseWorkflow {
    @Override
    public PurchaseState buy(PurchaseInput input) {
      Workflow.sleep(Duration.ofDays(1));
      throw new IllegalStateException("Never comes here");
    }

    @Override
    public PurchaseState state() {
      throw new IllegalStateException("Nobody asks");
    }

    @Override
    public void settle(@Nullable Settlement settlement) {
      throw new IllegalStateException("Nobody settles");
    }

    @Override
    public PurchaseState cancel() {
      throw new IllegalStateException("Nobody cancels");
    }

    @Override
    public void validateCancel() {}
  }
}
