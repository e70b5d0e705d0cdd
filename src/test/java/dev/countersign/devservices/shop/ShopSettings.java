package dev.countersign.devservices.shop;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the shop listens and whom it trusts.
 *
 * @param port 0 takes a free one
 * @param issuer issuer of the buyers' tokens, exactly as their {@code iss} says; its keys are found
 *     by discovery at the first order
 * @param audience what a token's {@code aud} must contain
 * @param dataDirectory keeps the orders; null: memory only
 */
public record ShopSettings(int port, String issuer, String audience, @Nullable Path dataDirectory) {

  /** A shop in memory for tokens with the audience {@code sample-shop-api}. */
  public static ShopSettings of(String issuer) {
    return new ShopSettings(0, issuer, "sample-shop-api", null);
  }
}
