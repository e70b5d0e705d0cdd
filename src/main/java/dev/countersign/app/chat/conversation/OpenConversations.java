package dev.countersign.app.chat.conversation;

import dev.countersign.client.OpenWorkflows;
import dev.countersign.client.OpenWorkflows.Answer;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What conversations that go on say of themselves; one that was deleted says nothing. */
@Component
class OpenConversations {
  private final OpenWorkflows workflows;

  OpenConversations(WorkflowClient client) {
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

  private <T> Optional<T> ask(String id, String query, Class<T> type, Duration patience) {
    return switch (workflows.ask(id, query, type, patience)) {
      case Answer.Given<T>(var answer) -> Optional.ofNullable(answer);
      case Answer.Ended<T>(), Answer.NotThere<T>() -> Optional.empty();
      case Answer.None<T>(var reason) -> throw new ConversationSilentException(reason);
    };
  }
}
