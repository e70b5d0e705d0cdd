package dev.countersign.approval;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.ciba.ClientNotificationToken;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Vault;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The bearer tokens with which a provider notifies this application (CIBA Core 7.1): each seals the
 * id of the workflow that waits and 160 random bits, so that nobody else can make one, and needs to
 * be stored nowhere.
 */
public final class NotificationTokens {
  /** Associated data of all of them: whoever opens one doesn't know the workflow yet. */
  private static final String OWNER = "client_notification_token";

  private static final int RANDOM_BYTES = 20;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final SecureRandom random = new SecureRandom();
  private final Vault vault;

  /** Sealed with the first of the vault's keys. */
  public NotificationTokens(Vault vault) {
    this.vault = vault;
  }

  ClientNotificationToken mint(String workflowId) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    Sealed sealed = vault.seal(BASE64.encodeToString(bytes) + " " + workflowId, OWNER);
    return new ClientNotificationToken(
        BASE64.encodeToString(sealed.keyId().getBytes(UTF_8))
            + "."
            + BASE64.encodeToString(Base64.getDecoder().decode(sealed.ciphertext())));
  }

  /** The workflow that waits; empty: this application has minted no such token. */
  public Optional<String> workflowOf(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 2) {
      return Optional.empty();
    }
    try {
      Base64.Decoder decoder = Base64.getUrlDecoder();
      String text =
          vault.open(
              new Sealed(
                  new String(decoder.decode(parts[0]), UTF_8),
                  Base64.getEncoder().encodeToString(decoder.decode(parts[1]))),
              OWNER);
      return Optional.of(text.substring(text.indexOf(' ') + 1));
    } catch (SealBrokenException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What a notification is recognised by. */
  public static Ping ping(String token, String authReqId) {
    return new Ping(digest(token), digest(authReqId));
  }

  static String digest(String secret) {
    try {
      return BASE64.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
