package dev.countersign.app.purchase;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a purchase ended.
 *
 * @param toolResult what the tool {@code shop_online} returns to the model: the shop's status text,
 *     {@code The user has denied the request}, or the failure's message
 * @param sentence for the user, said when no model can word it
 * @param settled true: an unknown outcome had been told before; null: this is the first
 */
public record PurchaseEnded(
    String purchaseId,
    Purchase purchase,
    PurchaseStatus status,
    String toolResult,
    String sentence,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean settled) {

  /** The first that is said. */
  public PurchaseEnded(
      String purchaseId,
      Purchase purchase,
      PurchaseStatus status,
      String toolResult,
      String sentence) {
    this(purchaseId, purchase, status, toolResult, sentence, null);
  }

  /** Whether an unknown outcome had been told before, which has become clear since. */
  @JsonIgnore
  public boolean isSettled() {
    return Boolean.TRUE.equals(settled);
  }
}
