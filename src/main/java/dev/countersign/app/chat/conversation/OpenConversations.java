package dev.countersign.app.chat.conversation;

import dev.countersign.client.Deadlines;
import dev.countersign.client.OpenWorkflows;
import dev.countersign.client.OpenWorkflows.Answer;
import dev.countersign.client.Updates;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What conversations that go on say of themselves, and how they are called; one that was deleted
 * says nothing.
 */
@Component
class OpenConversations {
  private final WorkflowClient client;
  private final OpenWorkflows workflows;

  OpenConversations(WorkflowClient client) {
    this.client = client;
    workflows = new OpenWorkflows(client);
  }

  /**
   * Where a conversation stands; empty: there is none of that id, or it has ended.
   *
   * @throws ConversationSilentException if it doesn't answer in time
   */
  Optional<ConversationState> state(String id) {
    return ask(id, "state", ConversationState.class, OpenWorkflows.PATIENCE_FOR_ONE);
  }

  /**
   * A conversation in a few words; empty: there is none of that id, or it has ended.
   *
   * @throws ConversationSilentException if it doesn't answer in time
   */
  Optional<ConversationSummary> summary(String id) {
    return ask(id, "summary", ConversationSummary.class, OpenWorkflows.PATIENCE_FOR_MANY);
  }

  /**
   * The same of one that has these words; empty: it hasn't, there is none of that id, or it has
   * ended.
   *
   * @throws ConversationSilentException if it doesn't answer in time
   */
  Optional<ConversationSummary> find(String id, String words) {
    return ask(id, "find", ConversationSummary.class, OpenWorkflows.PATIENCE_FOR_MANY, words);
  }

  /**
   * Gives a conversation another title.
   *
   * @throws ConversationNotFoundException if there is none of that id, or it has ended
   * @throws ConversationSilentException if it doesn't answer in time
   */
  ConversationSummary rename(String id, String title) {
    UpdateOptions<ConversationSummary> options =
        UpdateOptions.newBuilder(ConversationSummary.class)
            .setUpdateName("rename")
            .setUpdateId(UUID.randomUUID().toString())
            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
            .build();
    try {
      return Deadlines.within(
          OpenWorkflows.PATIENCE_FOR_ONE,
          () ->
              Updates.send(() -> client.newUntypedWorkflowStub(id).startUpdate(options, title))
                  .getResult());
    } catch (RuntimeException e) {
      RuntimeException meant = TurnFailure.of(e);
      throw meant instanceof TurnTakesLongException ? new ConversationSilentException(e) : meant;
    }
  }

  private <T> Optional<T> ask(
      String id, String query, Class<T> type, Duration patience, Object... arguments) {
    return switch (workflows.ask(id, query, type, patience, arguments)) {
      case Answer.Given<T>(var answer) -> Optional.ofNullable(answer);
      case Answer.Ended<T>(), Answer.NotThere<T>() -> Optional.empty();
      case Answer.None<T>(var reason) -> throw new ConversationSilentException(reason);
    };
  }
}
