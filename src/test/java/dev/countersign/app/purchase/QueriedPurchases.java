package dev.countersign.app.purchase;

import dev.countersign.app.api.Caller;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.Optional;

/** Purchases that answer with what the workflow of that id says, whoever asks. */
public final class QueriedPurchases extends Purchases {
  private final WorkflowClient client;

  public QueriedPurchases(WorkflowClient client) {
    super(client);
    this.client = client;
  }

  @Override
  public Optional<PurchaseState> find(Caller caller, String id) {
    return Optional.of(client.newUntypedWorkflowStub(id).query("state", PurchaseState.class));
  }

  @Override
  public List<PurchaseState> find(Caller caller, List<String> ids) {
    return ids.stream().map(id -> find(caller, id)).flatMap(Optional::stream).toList();
  }
}
