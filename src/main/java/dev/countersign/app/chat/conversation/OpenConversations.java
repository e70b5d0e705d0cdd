package dev.countersign.app.chat.conversation;

import static io.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;

import dev.countersign.app.chat.model.ModelActivities;
import dev.countersign.app.chat.model.ModelDraft;
import dev.countersign.client.Deadlines;
import dev.countersign.client.OpenWorkflows;
import dev.countersign.client.OpenWorkflows.Answer;
import dev.countersign.client.Updates;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    return change(id, "rename", ConversationSummary.class, title);
  }

  /**
   * Ends the answer to a message, if it is being given.
   *
   * @throws ConversationNotFoundException if there is none of that id, or it has ended
   * @throws ConversationSilentException if it doesn't answer in time
   */
  void stop(String id, int message) {
    change(id, "stop", Void.class, message);
  }

  private <T> T change(String id, String update, Class<T> result, Object argument) {
    UpdateOptions<T> options =
        UpdateOptions.newBuilder(result)
            .setUpdateName(update)
            .setUpdateId(UUID.randomUUID().toString())
            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
            .build();
    try {
      return Deadlines.within(
          OpenWorkflows.PATIENCE_FOR_ONE,
          () ->
              Updates.send(() -> client.newUntypedWorkflowStub(id).startUpdate(options, argument))
                  .getResult());
    } catch (RuntimeException e) {
      RuntimeException meant = TurnFailure.of(e);
      throw meant instanceof TurnTakesLongException ? new ConversationSilentException(e) : meant;
    }
  }

  /** What may be shown of the answer that a conversation is giving; null: nothing yet. */
  @Nullable String draft(String id) {
    var request =
        DescribeWorkflowExecutionRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
            .build();
    return Deadlines.within(
            OpenWorkflows.PATIENCE_FOR_ONE,
            () ->
                client.getWorkflowServiceStubs().blockingStub().describeWorkflowExecution(request))
        .getPendingActivitiesList()
        .stream()
        .filter(activity -> activity.getActivityType().getName().equals(ModelActivities.CALL_MODEL))
        .filter(activity -> activity.getState() == PENDING_ACTIVITY_STATE_STARTED)
        .filter(PendingActivityInfo::hasHeartbeatDetails)
        .map(activity -> draft(activity.getHeartbeatDetails()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private @Nullable String draft(Payloads details) {
    ModelDraft draft =
        client
            .getOptions()
            .getDataConverter()
            .fromPayloads(0, Optional.of(details), ModelDraft.class, ModelDraft.class);
    return draft == null ? null : draft.text();
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
