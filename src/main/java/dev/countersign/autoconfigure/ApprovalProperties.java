package dev.countersign.autoconfigure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an approval is for and how long it is waited for.
 *
 * @param audience identifier of the API that approved tokens are for, where a tool names none
 *     (environment variable {@code AUDIENCE}); unset: the provider's default
 * @param requestedExpiry how long the user should have for the answer, whole seconds; a wish, the
 *     provider decides
 * @param acrValues how strongly users should authenticate, the most wanted first (CIBA Core 7.1)
 * @param tokenExpired what happens when an approved token ends before the method has run: {@code
 *     ask} the user once more, or {@code end} the call and say so
 * @param burst how long one attempt of the waiting activity polls before it hands over to the next;
 *     0: one poll per attempt; unset: the whole wait, unless it is a long one
 * @param slots most decisions that this process waits for at a time; more take turns
 */
@ConfigurationProperties("countersign.approval")
public record ApprovalProperties(
    @Nullable String audience,
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
    acrValues = List.copyOf(acrValues);
    if (audience != null && audience.isBlank()) {
      audience = null;
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
