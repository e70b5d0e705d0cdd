package dev.countersign.purchase;

import io.temporal.api.enums.v1.QueryRejectCondition;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryRejectedException;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

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
      return Optional.of(said(unlessStopped.newUntypedWorkflowStub(id)));
    } catch (WorkflowQueryRejectedException _) {
      return stopped(client.newUntypedWorkflowStub(id));
    } catch (WorkflowNotFoundException _) {
      return Optional.empty();
    }
  }

  private static Optional<PurchaseState> stopped(WorkflowStub purchase) {
    try {
      Instant stoppedAt = Objects.requireNonNull(purchase.describe().getCloseTime());
      return Optional.of(StoppedPurchase.of(said(purchase), stoppedAt));
    } catch (WorkflowNotFoundException _) {
      return Optional.empty();
    }
  }

  private static PurchaseState said(WorkflowStub purchase) {
    return purchase.query("state", PurchaseState.class);
  }
}
