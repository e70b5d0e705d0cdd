package dev.countersign.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How far this machine's clock may be wrong.
 *
 * @param maxSkew the largest difference between this machine's clock and that of an identity
 *     provider that is allowed for, 1 minute to 1 hour; with a larger one nothing that the provider
 *     dated is accepted
 */
@ConfigurationProperties("countersign.clock")
public record ClockProperties(@DefaultValue("5m") Duration maxSkew) {
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofHours(1);

  public ClockProperties {
    if (maxSkew.compareTo(LEAST) < 0 || maxSkew.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "countersign.clock.max-skew (COUNTERSIGN_CLOCK_MAXSKEW) must be 1m to 1h, but is "
              + maxSkew.toSeconds()
              + "s.");
    }
  }
}
