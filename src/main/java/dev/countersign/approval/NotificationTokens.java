package dev.countersign.approval;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.ciba.ClientNotificationToken;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Sha256;
import dev.countersign.vault.Vault;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Makes and reads the bearer tokens with which a provider pings (CIBA Core 7.1 and 10.2). A token
 * seals 160 random bits and the id of the workflow that waits, so that none can be guessed or made
 * up, and no table of tokens is needed. Thread-safe.
 */
public final class NotificationTokens {
  /** CIBA Core 7.1. */
  private static final int LONGEST = 1_024;

  private static final String OWNER = "client_notification_token";
  private static final int RANDOM_BYTES = 20;
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final Vault vault;
  private final SecureRandom random = new SecureRandom();

  /** Makes tokens that any process with the same keys reads. */
  public NotificationTokens(Vault vault) {
    this.vault = vault.forPurpose(Purpose.NOTIFICATIONS);
  }

  /**
   * A token unlike all others.
   *
   * @throws IllegalArgumentException if the workflow id makes it longer than 1,024 characters
   */
  ClientNotificationToken mint(String workflowId) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    Sealed sealed = vault.seal(URL.encodeToString(bytes) + "." + workflowId, OWNER);
    String value = written(sealed);
    if (value.length() > LONGEST) {
      throw new IllegalArgumentException(
          "The workflow id has "
              + workflowId.length()
              + " characters, too many for a client_notification_token");
    }
    return new ClientNotificationToken(value);
  }

  /**
   * The workflow that a token was made for.
   *
   * @return empty for a token that was not made with these keys, or was changed since
   */
  public Optional<String> workflowId(String token) {
    String[] parts = token.split("\\.", -1);
    if (token.length() > LONGEST || parts.length != 2) {
      return Optional.empty();
    }
    try {
      Sealed sealed =
          new Sealed(
              new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8),
              Base64.getEncoder().encodeToString(Base64.getUrlDecoder().decode(parts[1])));
      if (!written(sealed).equals(token)) { // Base64 can write the same bytes in more than one way
        return Optional.empty();
      }
      String opened = vault.open(sealed, OWNER);
      return Optional.of(opened.substring(opened.indexOf('.') + 1));
    } catch (IllegalArgumentException | SealBrokenException e) {
      return Optional.empty();
    }
  }

  /** What a workflow may know of a secret: Base64url of its SHA-256. */
  public static String digest(String secret) {
    return URL.encodeToString(Sha256.of(secret));
  }

  private static String written(Sealed sealed) {
    return URL.encodeToString(sealed.keyId().getBytes(UTF_8))
        + "."
        + URL.encodeToString(Base64.getDecoder().decode(sealed.ciphertext()));
  }
}
