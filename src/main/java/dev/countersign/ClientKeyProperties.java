package dev.countersign;

import dev.countersign.ciba.SigningAlgorithm;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The private key with which this application signs assertions and requests.
 *
 * @param file PEM or JWK (environment variable {@code CIBA_CLIENT_KEY})
 * @param id the {@code kid}; unset: the JWK's own, or none
 * @param algorithm unset: the JWK's own, or RS256 (PS256 when requests are signed) for an RSA key
 *     and ES256 for an EC key
 */
@ConfigurationProperties("countersign.ciba.client-key")
public record ClientKeyProperties(
    @Nullable Path file, @Nullable String id, @Nullable SigningAlgorithm algorithm) {}
