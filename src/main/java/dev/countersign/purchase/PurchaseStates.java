package dev.countersign.purchase;

import io.temporal.api.enums.v1.QueryRejectCondition;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryRejectedException;
import io.temporal.common.SearchAttributes;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/** Where purchases stand: what they say themselves, unless they were stopped from outside. */
final class PurchaseStates {
  private final WorkflowClient client;
  private final WorkflowClient unlessStopped;

  PurchaseStates(WorkflowClient client) {
    this.client = client;
    this.unlessStopped =
        WorkflowClient.newInstance(
            client.getWorkflowServiceStubs(),
            WorkflowClientOptions.newBuilder(client.getOptions())
                .setQueryRejectCondition(
                    QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_COMPLETED_CLEANLY)
                .validateAndBuildWithDefaults());
  }

  /** Where a purchase stands; empty: there is none of that id. */
  Optional<PurchaseState> of(String id) {
    try {
      return Optional.of(
          unlessStopped.newUntypedWorkflowStub(id).query("state", PurchaseState.class));
    } catch (WorkflowQueryRejectedException _) {
      return stopped(id);
    } catch (WorkflowNotFoundException _) {
      return Optional.empty();
    }
  }

  /** Put together from what Temporal keeps: no worker can replay a history that ends so. */
  private Optional<PurchaseState> stopped(String id) {
    try {
      WorkflowExecutionDescription description = client.newUntypedWorkflowStub(id).describe();
      return Optional.of(stopped(description, input(id)));
    } catch (WorkflowNotFoundException _) {
      return Optional.empty();
    }
  }

  private PurchaseInput input(String id) {
    try (Stream<HistoryEvent> history = client.streamHistory(id)) {
      HistoryEvent started = history.findFirst().orElseThrow();
      return client
          .getOptions()
          .getDataConverter()
          .withContext(new WorkflowSerializationContext(client.getOptions().getNamespace(), id))
          .fromPayloads(
              0,
              Optional.of(started.getWorkflowExecutionStartedEventAttributes().getInput()),
              PurchaseInput.class,
              PurchaseInput.class);
    }
  }

  /** Its version is higher than any that the purchase gave itself: each of these took an event. */
  private static PurchaseState stopped(
      WorkflowExecutionDescription description, PurchaseInput input) {
    SearchAttributes attributes = description.getTypedSearchAttributes();
    OffsetDateTime expiresAt = attributes.get(PurchaseAttributes.APPROVAL_EXPIRES_AT);
    Purchase purchase = input.purchase();
    var stopped =
        StoppedPurchase.at(PurchaseStatus.valueOf(attributes.get(PurchaseAttributes.STATUS)));
    return new PurchaseState(
        description.getExecution().getWorkflowId(),
        input.conversationId(),
        purchase.product(),
        purchase.qty(),
        purchase.priceLimit(),
        stopped.status(),
        null,
        description.getStartTime(),
        expiresAt == null ? null : expiresAt.toInstant(),
        null,
        null,
        description.getCloseTime(),
        null,
        stopped.reason(),
        stopped.code(),
        Math.toIntExact(description.getWorkflowExecutionInfo().getHistoryLength()));
  }
}
