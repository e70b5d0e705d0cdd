package dev.countersign.app.purchase;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as a person or a model asks for it, not yet checked: the limits of a purchase stand
 * here and nowhere else.
 *
 * @param product 1 to 100 visible characters; no control, zero-width or bidirectional-override
 *     characters
 * @param qty pieces, a whole number from 1 to 1,000
 * @param priceLimit highest total price, more than 0, at most 2 decimals; null: no limit
 * @param loginHintToken a token that names the approver to the provider ({@code login_hint_token},
 *     CIBA Core 7.1), a secret; null: none
 * @param idTokenHint an ID token of the approver's ({@code id_token_hint}), a secret; null: none
 * @param userCode what only the user knows ({@code user_code}, CIBA Core 7.1.2), a secret; null:
 *     none
 */
public record PurchaseRequest(
    @NotNull(message = "must be given")
        @Size(min = 1, max = 100, message = "must have 1 to 100 characters")
        @Pattern(
            regexp =
                "[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5"
                    + "\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]*",
            message =
                "must not contain control, zero-width, invisible or bidirectional-override characters")
        @Pattern(
            regexp = "(?U).*[\\p{L}\\p{N}\\p{S}\\p{P}].*|",
            message = "must contain visible characters")
        @Nullable String product,
    @NotNull(message = "must be given")
        @Min(value = 1, message = "must be a whole number from 1 to 1,000")
        @Max(value = 1000, message = "must be a whole number from 1 to 1,000")
        @Digits(integer = 10, fraction = 0, message = "must be a whole number from 1 to 1,000")
        @Nullable BigDecimal qty,
    @Positive(message = "must be more than 0")
        @Digits(integer = 12, fraction = 2, message = "must have at most 2 decimals")
        @Nullable BigDecimal priceLimit,
    @Nullable String loginHintToken,
    @Nullable String idTokenHint,
    @Nullable String userCode) {

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

  /** Shows no secret. */
  @Override
  public String toString() {
    return "PurchaseRequest[product="
        + product
        + ", qty="
        + qty
        + ", priceLimit="
        + priceLimit
        + ", "
        + approverHints()
        + "]";
  }
}
