package dev.countersign.temporal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What Temporal gets to see of payloads: inputs, results, failures, heartbeats and memos.
 *
 * @param mode {@code plain}: all of it; {@code sealed}: none, and what isn't sealed is refused
 * @param plainUntil in mode {@code sealed}, until when plain payloads are read all the same, as
 *     {@code 2027-01-31T00:00:00Z}: workflows may have begun before; unset: they aren't
 */
@ConfigurationProperties("countersign.temporal.payloads")
public record PayloadSettings(@DefaultValue("plain") Mode mode, @Nullable Instant plainUntil) {
  /** What is done with payloads. */
  public enum Mode {
    /** As they are; what was sealed is read all the same. */
    PLAIN,
    /** Sealed by {@code countersign.keys}. */
    SEALED
  }

  public PayloadSettings {
    if (plainUntil != null && mode == Mode.PLAIN) {
      throw new IllegalArgumentException(
          "countersign.temporal.payloads.plain-until (COUNTERSIGN_TEMPORAL_PAYLOADS_PLAINUNTIL) is"
              + " for countersign.temporal.payloads.mode=sealed only.");
    }
  }
}
