package dev.countersign.app.chat;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.purchase.BindingMessageRules;
import dev.countersign.app.purchase.PhoneMessages;
import dev.countersign.app.purchase.PurchaseDetails;
import dev.countersign.app.purchase.PurchaseStart;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import org.springframework.context.support.GenericApplicationContext;

/** What tests of the whole application want of conversations, and a user would wait long for. */
public final class ChatFixtures {
  /** As Auth0 shows them: Latin letters only. */
  static final PhoneMessages MESSAGES =
      new PhoneMessages(
          new BindingMessageRules(
              BindingMessageRules.DEFAULT_TEMPLATE, "[A-Za-z0-9 +\\-_.,:#]", 64, null),
          PurchaseDetails.OFF);

  private ChatFixtures() {}

  /** Lets an application wait that long for an answer, and no longer. */
  public static void answerWithin(GenericApplicationContext application, Duration patience) {
    application.registerBean(
        "impatientConversations",
        Conversations.class,
        () -> new Conversations(application.getBean(WorkflowClient.class), patience),
        definition -> definition.setPrimary(true));
  }

  /** Starts a conversation that takes no more messages; its id. */
  public static String startFull(WorkflowClient client, String sub) {
    return startWith(client, sub, ConversationTestBed.fullMemory());
  }

  /** Starts a conversation that takes one more turn; its id. */
  public static String startAlmostFull(WorkflowClient client, String sub) {
    return startWith(client, sub, ConversationTestBed.memory(249));
  }

  private static String startWith(WorkflowClient client, String sub, ConversationMemory memory) {
    String id = "c-" + new Caller(sub).digest() + "-" + IdempotencyKey.random().digest();
    WorkflowClient.start(
        client.newWorkflowStub(
                ConversationWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id)
                    .setTaskQueue(PurchaseStart.TASK_QUEUE)
                    .build())
            ::converse,
        new ConversationInput(sub, 1_000, memory));
    return id;
  }
}
