package dev.countersign.app.chat.budget;

import dev.countersign.app.chat.budget.UserBudgetWorkflow.Begun;
import dev.countersign.app.chat.budget.UserBudgetWorkflow.Kept;
import dev.countersign.guard.UserDigest;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationContext;

/** Budgets that a user would need long to use. */
public final class BudgetFixtures {
  private BudgetFixtures() {}

  /** A user of an application has begun that many conversations. */
  public static void begin(ApplicationContext application, String sub, int conversations) {
    TaskQueues queues = application.getBean(TaskQueues.class);
    String user = application.getBean(UserDigest.class).of(sub);
    start(
        application.getBean(WorkflowClient.class),
        queues,
        user,
        new Kept(
            IntStream.range(0, conversations)
                .mapToObj(i -> new Begun("%032x".formatted(i), Instant.now()))
                .toList(),
            List.of(),
            List.of(),
            List.of()));
  }

  /** The budget of a user, as it was kept; its id. */
  static String start(WorkflowClient client, TaskQueues queues, String user, Kept kept) {
    String id = queues.prefix() + "-budget-of-" + user;
    WorkflowClient.start(
        client.newWorkflowStub(
                UserBudgetWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id)
                    .setTaskQueue(queues.workflows())
                    .build())
            ::keep,
        kept);
    return id;
  }
}
