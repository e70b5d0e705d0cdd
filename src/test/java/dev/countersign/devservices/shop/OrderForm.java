package dev.countersign.devservices.shop;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The body of an order, not yet checked. */
record OrderForm(@Nullable String product, @Nullable Integer qty, @Nullable BigDecimal priceLimit) {

  /**
   * The same as a valid order.
   *
   * @throws Problem 400 that says what is wrong
   */
  OrderRequest checked() throws Problem {
    if (product == null || product.isBlank()) {
      throw new Problem(400, "product is missing.");
    }
    if (qty == null || qty < 1) {
      throw new Problem(400, "qty must be a whole number of 1 or more.");
    }
    if (priceLimit != null && priceLimit.signum() <= 0) {
      throw new Problem(400, "priceLimit must be more than 0.");
    }
    return new OrderRequest(product, qty, priceLimit);
  }
}
