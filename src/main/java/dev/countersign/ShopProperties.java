package dev.countersign;

import dev.countersign.security.SecureUri;
import java.net.URI;
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
 */
@ConfigurationProperties("countersign.shop")
public record ShopProperties(
    @Nullable URI url,
    @DefaultValue("true") boolean idempotent,
    @DefaultValue("false") boolean unavailableMeansNotOrdered,
    @DefaultValue("10s") Duration callTimeout,
    @DefaultValue("15m") Duration giveUpAfter) {

  private static final Duration MOST_PATIENCE = Duration.ofDays(7);

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
  }
}
