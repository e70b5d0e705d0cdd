package dev.countersign.ciba;

import java.time.Duration;

/**
 * How authentication requests are signed (CIBA Core 7.1.1).
 *
 * @param key signs PS256 or ES256
 * @param lifetime from {@code iat} to {@code exp}, at most 60 minutes (FAPI-CIBA 5.2.2)
 */
public record RequestSigning(SigningKey key, Duration lifetime) {}
