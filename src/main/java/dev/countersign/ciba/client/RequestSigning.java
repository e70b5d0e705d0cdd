package dev.countersign.ciba.client;

import dev.countersign.ciba.key.SigningKey;
import java.time.Duration;

/**
 * How authentication requests are signed (CIBA Core 7.1.1).
 *
 * @param key signs PS256 or ES256 (FAPI-CIBA 5.2.2); the settings allow no other
 * @param lifetime from {@code iat} to {@code exp}: 1 s to 60 minutes (FAPI-CIBA 5.2.2)
 */
public record RequestSigning(SigningKey key, Duration lifetime) {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(60);

  /**
   * As given.
   *
   * @throws IllegalArgumentException if the lifetime is out of its range
   */
  public RequestSigning {
    if (lifetime.compareTo(LEAST) < 0 || lifetime.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "The lifetime of a signed request must be 1 s to 60 minutes, but is " + lifetime);
    }
  }
}
