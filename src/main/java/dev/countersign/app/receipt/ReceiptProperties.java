package dev.countersign.app.receipt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.countersign.ciba.key.PublishedSigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys of receipts.
 *
 * @param key private, of P-256, as PEM or JWK: a file's name, or the text itself; empty: nothing is
 *     signed
 * @param earlierKeys a JWK set's, the same two ways: those that receipts were signed with before,
 *     whose public parts are still told; empty: none
 */
@ConfigurationProperties("countersign.receipts")
public record ReceiptProperties(
    @DefaultValue("") String key, @DefaultValue("") String earlierKeys) {
  private static final String KEY = "countersign.receipts.key (COUNTERSIGN_RECEIPTS_KEY)";
  private static final String EARLIER =
      "countersign.receipts.earlier-keys (COUNTERSIGN_RECEIPTS_EARLIERKEYS)";

  public ReceiptProperties {
    signing(key);
    earlier(earlierKeys);
  }

  /** Empty: nothing is signed. */
  Optional<PublishedSigningKey> signingKey() {
    return signing(key);
  }

  /** Public parts, as JWKs. */
  List<Map<String, Object>> earlierPublicKeys() {
    return earlier(earlierKeys);
  }

  private static Optional<PublishedSigningKey> signing(String key) {
    if (key.isBlank()) {
      return Optional.empty();
    }
    String text = text(key, KEY);
    try {
      return Optional.of(PublishedSigningKey.read(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The key of " + KEY + " " + e.getMessage() + ".");
    }
  }

  private static List<Map<String, Object>> earlier(String keys) {
    if (keys.isBlank()) {
      return List.of();
    }
    try {
      List<JWK> read = JWKSet.parse(text(keys, EARLIER)).getKeys();
      return read.stream().map(JWK::toPublicJWK).map(JWK::toJSONObject).toList();
    } catch (ParseException e) { // without it as cause: it might show what was read
      throw new IllegalArgumentException(EARLIER + " must be a JWK set: {\"keys\": [...]}.");
    }
  }

  private static String text(String setting, String name) {
    String stripped = setting.strip();
    if (stripped.startsWith("{") || stripped.startsWith("-----BEGIN")) {
      return stripped;
    }
    try {
      return Files.readString(Path.of(stripped));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(name + " is no PEM, no JSON, and no file to be read.");
    }
  }

  @Override
  public String toString() {
    return "ReceiptProperties[]";
  }
}
