package dev.countersign.guard;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands for a user in workflow ids and search attributes, which many can read: without the key
 * nobody can find out whose it is by trying names. The key must stay the same for as long as
 * workflows are to be found.
 */
public final class UserDigest {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHOWN_BYTES = 16;

  private final SecretKeySpec key;

  /**
   * By a key of its own.
   *
   * @param key at least 32 bytes
   */
  public UserDigest(byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException("The key of user digests must have at least 32 bytes");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** 32 hexadecimal digits. */
  public String of(String sub) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] whole = mac.doFinal(sub.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(whole, 0, SHOWN_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC with SHA-256", e);
    }
  }
}
