package dev.countersign.app.chat.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.chat.budget.Leave.Kind;
import dev.countersign.app.chat.budget.UserBudgetWorkflow.Begun;
import dev.countersign.app.chat.budget.UserBudgetWorkflow.Kept;
import dev.countersign.app.chat.budget.UserBudgetWorkflow.Used;
import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Records the history of a user's budget on a real server, in real time, into the directory that
 * the property {@code histories.into} names; what is there already stays as it is, for a history is
 * never recorded again.
 */
@EnabledIfSystemProperty(named = "histories.into", matches = ".+")
class BudgetRecorder {
  private static final Path INTO = Path.of(System.getProperty("histories.into", ""));
  private static final TaskQueues QUEUES = new TaskQueues("chat");
  private static final String ALICE = "a".repeat(32);
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void recordsABudget() throws IOException {
    try (TemporalLauncher temporal = TemporalLauncher.start(LauncherSettings.temporary());
        TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(
                TestEnvironmentOptions.newBuilder()
                    .setUseExternalService(true)
                    .setTarget(temporal.target())
                    .build())) {
      environment
          .newWorker(QUEUES.workflows())
          .registerWorkflowImplementationTypes(UserBudgetWorkflowImpl.class);
      environment.start();
      WorkflowClient client = environment.getWorkflowClient();
      Instant aDayAgo = Instant.now().minus(Duration.ofDays(1)).plus(SOON);
      String id =
          BudgetFixtures.start(
              client,
              QUEUES,
              ALICE,
              new Kept(
                  List.of(new Begun("%032x".formatted(1), aDayAgo)),
                  List.of(),
                  List.of(new Used(aDayAgo.minus(Duration.ofMinutes(15)), 60)),
                  List.of("told")));
      var budget = new UserBudgets(client, QUEUES, new BudgetTerms(1, 100), Duration.ofSeconds(10));
      String conversation = "c-%s-%032x".formatted(ALICE, 2);
      assertThat(budget.begin(conversation).kind()).isEqualTo(Kind.USED_UP);
      assertThat(budget.spend(conversation, "1", 40).kind()).isEqualTo(Kind.GIVEN);
      assertThat(budget.spend(conversation, "2", 40).kind()).isEqualTo(Kind.TAKEN);
      budget.spent(conversation, "1", 0);
      budget.spent(conversation, "told", 40);
      assertThat(budget.spend(conversation, "2", 40).kind()).isEqualTo(Kind.GIVEN);
      budget.spent(conversation, "2", 0);
      client.newUntypedWorkflowStub(id).getResult(Void.class);
      Path file = INTO.resolve("user-budget.json");
      if (!Files.exists(file)) {
        Files.writeString(file, client.fetchHistory(id).toJson(true) + "\n");
      }
    }
  }
}
