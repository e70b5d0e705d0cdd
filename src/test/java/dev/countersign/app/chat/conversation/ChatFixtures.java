package dev.countersign.app.chat.conversation;

import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.chat.budget.ChatBudget;
import dev.countersign.app.chat.conversation.ConversationWorkflow.ConversationInput;
import dev.countersign.guard.RememberedApprovals;
import dev.countersign.guard.UserDigest;
import dev.countersign.workflow.TaskQueues;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import org.springframework.context.support.GenericApplicationContext;

/** What tests of the whole application want of conversations, and a user would wait long for. */
public final class ChatFixtures {
  private ChatFixtures() {}

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
                application.getBean(RememberedApprovals.class),
                application.getBean(ChatBudget.class),
                new SimpleMeterRegistry(),
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
