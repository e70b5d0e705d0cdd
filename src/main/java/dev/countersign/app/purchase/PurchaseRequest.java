package dev.countersign.app.purchase;

import dev.countersign.app.call.ApproverHints;
import dev.countersign.message.Emoji;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as a person asks for it, not yet checked.
 *
 * @param product {@link ProductName}
 * @param qty {@link Pieces}
 * @param priceLimit {@link PriceLimit}
 * @param loginHintToken a token that names the approver to the provider ({@code login_hint_token},
 *     CIBA Core 7.1), a secret; null: none
 * @param idTokenHint an ID token of the approver's ({@code id_token_hint}), a secret; null: none
 * @param userCode what only the user knows ({@code user_code}, CIBA Core 7.1.2), a secret; null:
 *     none
 */
public record PurchaseRequest(
    @ProductName @Nullable String product,
    @Pieces @Nullable BigDecimal qty,
    @PriceLimit @Nullable BigDecimal priceLimit,
    @Nullable String loginHintToken,
    @Nullable String idTokenHint,
    @Nullable String userCode) {

  /** Emoji only decorate a name; one of nothing else is refused as it is. */
  public PurchaseRequest {
    String plain = product == null ? "" : Emoji.removedFrom(product);
    product = plain.isEmpty() ? product : plain;
  }

  /**
   * The purchase, once this request has been found valid.
   *
   * @throws IllegalStateException if it was not
   */
  public Purchase toPurchase() {
    if (product == null || qty == null) {
      throw new IllegalStateException("This request has not been validated");
    }
    BigDecimal limit =
        priceLimit != null && priceLimit.scale() < 0 ? priceLimit.setScale(0) : priceLimit;
    return new Purchase(product.strip(), qty.intValueExact(), limit);
  }

  /** What it says of who is to approve. */
  ApproverHints approverHints() {
    return new ApproverHints(loginHintToken, idTokenHint, userCode);
  }

  /** Shows no secret, and not what is bought: Spring logs this at DEBUG. */
  @Override
  public String toString() {
    return "PurchaseRequest[product of "
        + (product == null ? 0 : product.length())
        + " characters, qty="
        + qty
        + ", priceLimit="
        + priceLimit
        + ", "
        + approverHints()
        + "]";
  }
}
