package dev.countersign.autoconfigure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an approval is for and how long it is waited for.
 *
 * @param audience identifier of the shop's API, which the approved token is for (environment
 *     variable {@code AUDIENCE})
 * @param scopes scopes of the approved token; {@code openid} must be among them (CIBA Core 7.1)
 * @param requestedExpiry how long the user should have for the answer, whole seconds; a wish, the
 *     provider decides
 * @param acrValues how strongly users should authenticate, the most wanted first (CIBA Core 7.1)
 * @param tokenExpired what happens when an approved token ends before the shop took the order:
 *     {@code ask} the user once more, or {@code end} the purchase and say so
 * @param burst how long one attempt of the waiting activity polls before it hands over to the next;
 *     0: one poll per attempt; unset: the whole wait, unless it is a long one
 * @param slots most decisions that this process waits for at a time; more take turns
 */
@ConfigurationProperties("countersign.approval")
public record ApprovalProperties(
    @DefaultValue("sample-shop-api") String audience,
    @DefaultValue({"openid", "product:buy"}) List<String> scopes,
    @DefaultValue("300s") Duration requestedExpiry,
    @DefaultValue({}) List<String> acrValues,
    @DefaultValue("ask") TokenExpired tokenExpired,
    @Nullable Duration burst,
    @DefaultValue("20000") int slots) {

  private static final int MOST_SLOTS = 1_000_000;

  /** What follows a token that ended too early. */
  public enum TokenExpired {
    ASK,
    END
  }

  public ApprovalProperties {
    scopes = List.copyOf(scopes);
    acrValues = List.copyOf(acrValues);
    if (audience.isBlank()) {
      throw new IllegalArgumentException(
          "countersign.approval.audience (AUDIENCE) must not be empty.");
    }
    if (!scopes.contains("openid")) {
      throw new IllegalArgumentException(
          "countersign.approval.scopes (COUNTERSIGN_APPROVAL_SCOPES) must contain openid, but is "
              + String.join(",", scopes)
              + ".");
    }
    if (requestedExpiry.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "countersign.approval.requested-expiry (COUNTERSIGN_APPROVAL_REQUESTEDEXPIRY) must be at"
              + " least 1s, but is "
              + requestedExpiry.toMillis()
              + "ms.");
    }
    if (burst != null && burst.isNegative()) {
      throw new IllegalArgumentException(
          "countersign.approval.burst (COUNTERSIGN_APPROVAL_BURST) must not be negative, but is "
              + burst.toMillis()
              + "ms.");
    }
    if (slots < 1 || slots > MOST_SLOTS) {
      throw new IllegalArgumentException(
          "countersign.approval.slots (COUNTERSIGN_APPROVAL_SLOTS) must be 1 to "
              + MOST_SLOTS
              + ", but is "
              + slots
              + ".");
    }
  }
}
