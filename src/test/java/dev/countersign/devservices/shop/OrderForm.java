package dev.countersign.devservices.shop;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The body of an order, not yet checked. */
record OrderForm(@Nullable String product, @Nullable Integer qty, @Nullable BigDecimal priceLimit) {

  /** What is wrong with it; null: nothing. */
  @Nullable String mistake() {
    if (product == null || product.isBlank()) {
      return "product is missing";
    }
    if (qty == null || qty < 1) {
      return "qty must be a whole number of 1 or more";
    }
    return priceLimit != null && priceLimit.signum() <= 0 ? "priceLimit must be more than 0" : null;
  }

  boolean sameAs(PlacedOrder order) {
    return order.product().equals(product)
        && Integer.valueOf(order.qty()).equals(qty)
        && (priceLimit == null
            ? order.priceLimit() == null
            : order.priceLimit() != null && priceLimit.compareTo(order.priceLimit()) == 0);
  }
}
