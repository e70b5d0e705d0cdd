package dev.countersign.app.purchase;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rich authorization request of a purchase (RFC 9396).
 *
 * @param type the type that the provider knows; unset: none is sent
 * @param schema how a purchase is written
 * @param currency of the price limit, ISO 4217; unset: not said
 * @param shop the shop's name; unset: not said
 */
@ConfigurationProperties("countersign.approval.authorization-details")
public record AuthorizationDetailsProperties(
    @Nullable String type,
    @DefaultValue("purchase") PurchaseDetails.Schema schema,
    @Nullable String currency,
    @Nullable String shop) {

  public AuthorizationDetailsProperties {
    try {
      new PurchaseDetails(type, schema, currency, shop);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "countersign.approval.authorization-details." + e.getMessage() + ".", e);
    }
  }

  /** As purchases have them. */
  public PurchaseDetails details() {
    return new PurchaseDetails(type, schema, currency, shop);
  }
}
