package dev.countersign.e2e;

import static org.awaitility.Awaitility.await;

import dev.countersign.guard.CallUser;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.OutcomeUnknownException;
import dev.countersign.guard.RequiresApproval;

/** A tool that never knows whether it has done anything. */
public class VagueTool {
  @RequiresApproval(
      name = "be_vague",
      message = "Be vague about {thing}",
      scopes = "transfer:create")
  String beVague(String thing) {
    throw new OutcomeUnknownException("Nobody knows what became of " + thing, null);
  }

  /** The id of a call of alice's whose outcome is unknown. */
  public static String unknown(Product product, String thing) {
    String id =
        product
            .application()
            .getBean(GuardedCalls.class)
            .start(new CallUser("auth0|alice", null), "be_vague", thing);
    product.phoneOf("alice").approve("Be vague about " + thing);
    awaitStatus(product, id, "OUTCOME_UNKNOWN");
    return id;
  }

  /** Waits until a call of alice's stands so. */
  public static void awaitStatus(Product product, String id, String status) {
    await()
        .atMost(Product.PATIENCE)
        .until(() ->
            product
                .as("alice")
                .get("/api/approvals/" + id)
                .body()
                .path("status")
                .asText()
                .equals(status));
  }
}
