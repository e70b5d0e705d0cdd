package dev.countersign.app.chat;

import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.chat.ConversationWorkflow.ConversationInput;
import dev.countersign.app.purchase.ShopTool;
import dev.countersign.client.WorkflowPages;
import dev.countersign.guard.Freezer;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.Policies;
import dev.countersign.guard.UserDigest;
import dev.countersign.vault.Vault;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.support.GenericApplicationContext;

/** What tests of the whole application want of conversations, and a user would wait long for. */
public final class ChatFixtures {
  private static final Vault VAULT =
      Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");

  /** Stands for users where no application runs. */
  static final UserDigest USERS = new UserDigest(new byte[32]);

  private ChatFixtures() {}

  /** Calls of {@code shop_online}. */
  static GuardedCalls calls(WorkflowClient client, WorkflowPages workflows) {
    return calls(client, workflows, Policies.NONE);
  }

  private static GuardedCalls calls(
      WorkflowClient client, WorkflowPages workflows, Policies policies) {
    return new GuardedCalls(
        client,
        ConversationTestBed.QUEUES,
        ShopTool.registry(),
        new Freezer(VAULT),
        () -> USERS,
        policies,
        Clock.systemUTC(),
        workflows,
        Duration.ofSeconds(10),
        Duration.ofSeconds(3));
  }

  /** The tools of an application that can buy. */
  static Tools tools() {
    return new Tools(new GuardedTools(ShopTool.registry(), freezing()));
  }

  /** Calls that can be frozen, and neither started nor found. */
  static GuardedCalls freezing() {
    return freezing(Policies.NONE);
  }

  /** The same, by policies. */
  static GuardedCalls freezing(Policies policies) {
    WorkflowClient client = WorkflowClient.newInstance(WorkflowServiceStubs.newLocalServiceStubs());
    return calls(client, new WorkflowPages(client), policies);
  }

  /** Lets an application wait that long for an answer, and no longer. */
  public static void answerWithin(GenericApplicationContext application, Duration patience) {
    application.registerBean(
        "impatientConversations",
        Conversations.class,
        () ->
            new Conversations(
                application.getBean(WorkflowClient.class),
                application.getBean(TaskQueues.class),
                application.getBean(UserDigest.class),
                patience),
        definition -> definition.setPrimary(true));
  }

  /** Starts a conversation that takes no more messages; its id. */
  public static String startFull(WorkflowClient client, UserDigest users, String sub) {
    return startWith(client, users, sub, ConversationTestBed.fullMemory());
  }

  /** Starts a conversation that is continued as new after each turn; its id. */
  public static String startShortRuns(WorkflowClient client, UserDigest users, String sub) {
    return startWith(client, users, sub, ConversationMemory.none(), 1);
  }

  /** Starts a conversation that takes one more turn; its id. */
  public static String startAlmostFull(WorkflowClient client, UserDigest users, String sub) {
    return startWith(client, users, sub, ConversationTestBed.memory(249));
  }

  private static String startWith(
      WorkflowClient client, UserDigest users, String sub, ConversationMemory memory) {
    return startWith(client, users, sub, memory, 1_000);
  }

  private static String startWith(
      WorkflowClient client,
      UserDigest users,
      String sub,
      ConversationMemory memory,
      int turnsPerRun) {
    String id = "c-" + users.of(sub) + "-" + IdempotencyKey.random().digest();
    WorkflowClient.start(
        client.newWorkflowStub(
                ConversationWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id)
                    .setTaskQueue(ConversationTestBed.QUEUES.workflows())
                    .build())
            ::converse,
        new ConversationInput(sub, turnsPerRun, memory));
    return id;
  }
}
