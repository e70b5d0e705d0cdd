package dev.countersign.app.purchase;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What is bought: one value makes the message on the phone and the order, so that what is approved
 * is what is ordered. Its limits are those of {@link PurchaseRequest}; this record itself accepts
 * whatever a stored history may hold.
 *
 * @param qty pieces
 * @param priceLimit highest total price; null: no limit
 */
public record Purchase(String product, int qty, @Nullable BigDecimal priceLimit) {

  /** In a few words: {@code 2 headphones}. */
  public String summary() {
    return qty + " " + product;
  }
}
