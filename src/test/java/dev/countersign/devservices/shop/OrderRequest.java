package dev.countersign.devservices.shop;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A valid order, not yet taken.
 *
 * @param qty pieces
 * @param priceLimit highest total price; null: none
 */
record OrderRequest(String product, int qty, @Nullable BigDecimal priceLimit) {

  boolean sameAs(PlacedOrder order) {
    return order.product().equals(product)
        && order.qty() == qty
        && (priceLimit == null
            ? order.priceLimit() == null
            : order.priceLimit() != null && priceLimit.compareTo(order.priceLimit()) == 0);
  }
}
