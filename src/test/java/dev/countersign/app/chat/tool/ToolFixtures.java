package dev.countersign.app.chat.tool;

import dev.countersign.app.purchase.ShopTool;
import dev.countersign.approval.QuestionLimits;
import dev.countersign.client.WorkflowPages;
import dev.countersign.guard.Freezer;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.Policies;
import dev.countersign.guard.RememberedApprovals;
import dev.countersign.guard.UserDigest;
import dev.countersign.tracing.Traces;
import dev.countersign.vault.Vault;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Clock;
import java.time.Duration;

/** Tools of an application that sells, for tests of what is above them. */
public final class ToolFixtures {
  /** Where workflows run in these tests. */
  public static final TaskQueues QUEUES = new TaskQueues("countersign");

  private static final Vault VAULT =
      Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");

  /** Stands for users where no application runs. */
  public static final UserDigest USERS = new UserDigest(new byte[32]);

  private ToolFixtures() {}

  /** Calls of {@code shop_online}. */
  public static GuardedCalls calls(WorkflowClient client, WorkflowPages workflows) {
    return calls(client, workflows, Policies.NONE);
  }

  private static GuardedCalls calls(
      WorkflowClient client, WorkflowPages workflows, Policies policies) {
    return new GuardedCalls(
        client,
        QUEUES,
        ShopTool.registry(),
        new Freezer(VAULT),
        () -> USERS,
        policies,
        remembered(client),
        QuestionLimits.NONE,
        Clock.systemUTC(),
        workflows,
        Duration.ofSeconds(10),
        Duration.ofSeconds(3));
  }

  /** Approvals that cover nothing: none of the tools remembers. */
  public static RememberedApprovals remembered(WorkflowClient client) {
    return new RememberedApprovals(
        client, QUEUES, ShopTool.registry(), () -> USERS, new Freezer(VAULT), Clock.systemUTC());
  }

  /** The tools of an application that can buy. */
  public static Tools tools() {
    return new Tools(new GuardedTools(ShopTool.registry(), freezing()));
  }

  /** Calls that can be frozen, and neither started nor found. */
  public static GuardedCalls freezing() {
    return freezing(Policies.NONE);
  }

  /** The same, by policies. */
  public static GuardedCalls freezing(Policies policies) {
    WorkflowClient client = WorkflowClient.newInstance(WorkflowServiceStubs.newLocalServiceStubs());
    return calls(client, new WorkflowPages(client), policies);
  }

  /** The activities of the tools, over those calls. */
  public static CallToolActivities activities(GuardedCalls calls) {
    return new CallToolActivitiesImpl(calls, Traces.none());
  }

  /** What a call is named to the model. */
  public static String reference(String callId) {
    return CallReference.of(callId);
  }
}
