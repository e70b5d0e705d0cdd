package dev.countersign.app.purchase;

import dev.countersign.settings.SecureUri;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The shop.
 *
 * @param url where orders are posted to; unset: orders are mocked (environment variable {@code
 *     SHOP_API_URL})
 * @param idempotent whether the shop honours the {@code Idempotency-Key} header; if not, an order
 *     whose answer was lost is never posted again
 * @param unavailableMeansNotOrdered whether a 503 of the shop certainly means that nobody acted on
 *     the order; if not, its outcome is unknown, for a proxy answers so even after it has sent on
 * @param callTimeout longest time for one order request
 * @param giveUpAfter how long an order is tried, at most 7 days; the longer, the rarer: pauses grow
 *     to a thirtieth of it, 30 s at least and 30 min at most
 * @param lookupUrl where an order whose answer is unknown is looked up, with <code>{key}</code> in
 *     the place of its {@code Idempotency-Key}: 200 says that it is there, 404 that it isn't;
 *     unset: nowhere
 * @param lookupNotFoundAfter how long after an order was sent such a 404 counts: until then the
 *     shop may still be working on it
 * @param settleWithin how long an operator can settle an unknown outcome by the signal {@code
 *     settle}; at most 30 days; 0: the purchase ends at once
 */
@ConfigurationProperties("countersign.shop")
public record ShopProperties(
    @Nullable URI url,
    @DefaultValue("true") boolean idempotent,
    @DefaultValue("false") boolean unavailableMeansNotOrdered,
    @DefaultValue("10s") Duration callTimeout,
    @DefaultValue("15m") Duration giveUpAfter,
    @Nullable String lookupUrl,
    @DefaultValue("1m") Duration lookupNotFoundAfter,
    @DefaultValue("7d") Duration settleWithin) {

  private static final Duration MOST_PATIENCE = Duration.ofDays(7);
  private static final Duration MOST_SETTLING = Duration.ofDays(30);
  private static final String KEY = "{key}";

  public ShopProperties {
    if (url != null && url.toString().isEmpty()) {
      url = null;
    }
    if (url != null) {
      SecureUri.check("countersign.shop.url (SHOP_API_URL)", url);
    }
    if (!callTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "countersign.shop.call-timeout (COUNTERSIGN_SHOP_CALLTIMEOUT) must be more than 0, but is "
              + callTimeout.toMillis()
              + "ms.");
    }
    if (giveUpAfter.compareTo(callTimeout) < 0) {
      throw new IllegalArgumentException(
          "countersign.shop.give-up-after (COUNTERSIGN_SHOP_GIVEUPAFTER) must be at least"
              + " countersign.shop.call-timeout, "
              + callTimeout.toMillis()
              + "ms, but is "
              + giveUpAfter.toMillis()
              + "ms.");
    }
    if (giveUpAfter.compareTo(MOST_PATIENCE) > 0) {
      throw new IllegalArgumentException(
          "countersign.shop.give-up-after (COUNTERSIGN_SHOP_GIVEUPAFTER) must be at most 7 days, but"
              + " is "
              + giveUpAfter.toHours()
              + " hours.");
    }
    if (lookupUrl != null && lookupUrl.isEmpty()) {
      lookupUrl = null;
    }
    if (lookupUrl != null) {
      checkLookup(lookupUrl);
    }
    boolean looksUp = lookupUrl != null;
    if (lookupNotFoundAfter.isNegative()
        || (looksUp && lookupNotFoundAfter.compareTo(giveUpAfter) > 0)) {
      throw new IllegalArgumentException(
          "countersign.shop.lookup-not-found-after (COUNTERSIGN_SHOP_LOOKUPNOTFOUNDAFTER) must be 0"
              + " to countersign.shop.give-up-after, "
              + giveUpAfter.toMillis()
              + "ms, but is "
              + lookupNotFoundAfter.toMillis()
              + "ms.");
    }
    if (settleWithin.isNegative() || settleWithin.compareTo(MOST_SETTLING) > 0) {
      throw new IllegalArgumentException(
          "countersign.shop.settle-within (COUNTERSIGN_SHOP_SETTLEWITHIN) must be 0 to 30 days, but"
              + " is "
              + settleWithin.toHours()
              + " hours.");
    }
  }

  private static void checkLookup(String template) {
    String setting = "countersign.shop.lookup-url (COUNTERSIGN_SHOP_LOOKUPURL)";
    if (!template.contains(KEY)) {
      throw new IllegalArgumentException(
          setting + " must have " + KEY + " where the key stands, but is \"" + template + "\".");
    }
    try {
      SecureUri.check(setting, new URI(template.replace(KEY, "key")));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          setting + " must be a URL, but is \"" + template + "\".", e);
    }
  }
}
