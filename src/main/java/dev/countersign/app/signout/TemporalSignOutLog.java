package dev.countersign.app.signout;

import dev.countersign.client.Deadlines;
import dev.countersign.client.OpenWorkflows;
import dev.countersign.workflow.TaskQueues;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** In the one workflow of all processes. */
final class TemporalSignOutLog implements SignOutLog {
  private static final Duration ADDED_WITHIN = Duration.ofSeconds(10);

  /** After a worker has died, the server gives its queries to another within 5 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final WorkflowClient client;
  private final OpenWorkflows open;
  private final TaskQueues taskQueues;

  TemporalSignOutLog(WorkflowClient client, TaskQueues taskQueues) {
    this.client = client;
    this.open = new OpenWorkflows(client);
    this.taskQueues = taskQueues;
  }

  @Override
  public void add(SignOut signOut) {
    var _ =
        Deadlines.within(
            ADDED_WITHIN,
            () ->
                client
                    .newUntypedWorkflowStub(
                        SignOutsWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                            .setWorkflowId(id())
                            .setTaskQueue(taskQueues.workflows())
                            .setWorkflowIdConflictPolicy(
                                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                            .setStaticSummary("Who has signed out before their session was over")
                            .build())
                    .signalWithStart("signedOut", new Object[] {signOut}, new Object[] {null}));
  }

  @Override
  public SignOutsWorkflow.News news(@Nullable String chain, long after) {
    return switch (open.ask(id(), "news", SignOutsWorkflow.News.class, PATIENCE, chain, after)) {
      case OpenWorkflows.Answer.Given<SignOutsWorkflow.News>(var news) when news != null -> news;
      case OpenWorkflows.Answer.None<SignOutsWorkflow.News>(var reason) -> throw reason;
      default -> SignOutsWorkflow.News.NONE;
    };
  }

  private String id() {
    return taskQueues.prefix() + "-sign-outs";
  }
}
