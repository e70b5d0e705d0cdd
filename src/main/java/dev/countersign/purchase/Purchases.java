package dev.countersign.purchase;

import dev.countersign.security.Caller;
import dev.countersign.security.IdempotencyKey;
import io.temporal.client.WorkflowClient;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The purchases of a caller: another user's can't be named, their ids hold the owner's digest. */
@Component
public class Purchases {
  private final WorkflowClient client;

  Purchases(WorkflowClient client) {
    this.client = client;
  }

  /** Where one of the caller's purchases stands; empty: there is none of that id. */
  public Optional<PurchaseState> find(Caller caller, String id) {
    throw new UnsupportedOperationException(client + "" + caller + id);
  }

  /** Starts a purchase, or finds the one that was started with this key. */
  public PurchaseState start(Caller caller, Purchase purchase, IdempotencyKey key) {
    throw new UnsupportedOperationException("" + caller + purchase + key);
  }
}
