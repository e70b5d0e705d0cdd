package dev.countersign.autoconfigure;

import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.ciba.key.SigningKey;
import dev.countersign.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The private key with which this application signs assertions and requests.
 *
 * @param file PEM or JWK (environment variable {@code CIBA_CLIENT_KEY})
 * @param id the {@code kid}; unset: the JWK's own, or none
 * @param algorithm unset: the JWK's own, or ES256 for an EC key, RS256 for an RSA key, PS256 for an
 *     RSA key that signs requests
 */
@ConfigurationProperties("countersign.ciba.client-key")
public record ClientKeyProperties(
    @Nullable Path file, @Nullable String id, @Nullable SigningAlgorithm algorithm) {

  /**
   * The key, as the other settings use it.
   *
   * @throws InvalidSettingException if it can't be read
   */
  public SigningKey key(CibaSettings settings) {
    Path file = Objects.requireNonNull(this.file, "Checked by SettingsFit");
    try {
      String text = Files.readString(file);
      SigningKey key = SigningKey.read(text, id, algorithm);
      return settings.signedRequests()
              && algorithm == null
              && key.algorithm() == SigningAlgorithm.RS256
          ? SigningKey.read(text, id, SigningAlgorithm.PS256) // no other of an RSA key
          : key;
    } catch (IOException e) {
      throw new InvalidSettingException(
          "countersign.ciba.client-key.file (CIBA_CLIENT_KEY) can't be read: " + file + ".");
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          "The key of countersign.ciba.client-key.file (CIBA_CLIENT_KEY) " + e.getMessage() + ".");
    }
  }
}
