package dev.countersign;

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
    @DefaultValue("purchase") Schema schema,
    @Nullable String currency,
    @Nullable String shop) {

  /** How a purchase is written. */
  public enum Schema {
    /** Members product, qty, priceLimit, currency and shop. */
    PURCHASE,
    /** As Auth0's Guardian app shows it. */
    GUARDIAN
  }
}
