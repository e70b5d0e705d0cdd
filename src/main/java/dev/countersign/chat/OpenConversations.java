package dev.countersign.chat;

import io.temporal.api.enums.v1.QueryRejectCondition;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryRejectedException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What conversations that go on say of themselves; one that was deleted says nothing. */
@Component
class OpenConversations {
  private final WorkflowClient client;

  OpenConversations(WorkflowClient client) {
    this.client =
        WorkflowClient.newInstance(
            client.getWorkflowServiceStubs(),
            WorkflowClientOptions.newBuilder(client.getOptions())
                // Temporal answers queries of what has ended for as long as it keeps the history
                .setQueryRejectCondition(QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_OPEN)
                .validateAndBuildWithDefaults());
  }

  /** Where a conversation stands; empty: there is none of that id, or it has ended. */
  Optional<ConversationState> state(String id) {
    return query(id, "state", ConversationState.class);
  }

  /** A conversation in a few words; empty: there is none of that id, or it has ended. */
  Optional<ConversationSummary> summary(String id) {
    return query(id, "summary", ConversationSummary.class);
  }

  private <T> Optional<T> query(String id, String name, Class<T> type) {
    try {
      return Optional.ofNullable(client.newUntypedWorkflowStub(id).query(name, type));
    } catch (WorkflowNotFoundException | WorkflowQueryRejectedException _) {
      return Optional.empty();
    }
  }
}
