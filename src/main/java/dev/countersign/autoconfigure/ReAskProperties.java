package dev.countersign.autoconfigure;

import dev.countersign.approval.ReAsk;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether users are asked again when a request has expired without a decision.
 *
 * @param times how often at most; 0: never
 * @param within no request is made later than this after the first
 */
@ConfigurationProperties("countersign.approval.re-ask")
public record ReAskProperties(@DefaultValue("0") int times, @DefaultValue("24h") Duration within) {

  public ReAskProperties {
    if (times < 0) {
      throw new IllegalArgumentException(
          "countersign.approval.re-ask.times (COUNTERSIGN_APPROVAL_REASK_TIMES) must be 0 or more,"
              + " but is "
              + times
              + ".");
    }
    if (!within.isPositive()) {
      throw new IllegalArgumentException(
          "countersign.approval.re-ask.within (COUNTERSIGN_APPROVAL_REASK_WITHIN) must be more than"
              + " 0, but is "
              + within.toMillis()
              + "ms.");
    }
  }

  /** As an approval has it; null: never. */
  public @Nullable ReAsk policy() {
    return times == 0 ? null : new ReAsk(times, within);
  }
}
