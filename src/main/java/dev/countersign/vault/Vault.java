package dev.countersign.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Seals secrets with AES-256-GCM (Tink AEAD). What is sealed is bound to an owner, a workflow id as
 * a rule, as associated data: moved to another workflow it can't be opened. The first key seals,
 * all keys open, so that keys can be rotated. Thread-safe.
 */
public final class Vault {
  private static final int KEY_BYTES = 32;

  private final Map<String, Aead> keys;
  private final String sealingKey;

  private Vault(Map<String, Aead> keys) {
    this.keys = keys;
    this.sealingKey = keys.keySet().iterator().next();
  }

  /**
   * Reads keys as {@code COUNTERSIGN_KEYS} has them.
   *
   * @param keys {@code k2:<Base64 of 32 bytes>,k1:<Base64 of 32 bytes>}; the first one seals
   * @throws IllegalArgumentException with a sentence that says what is wrong, without any key in it
   */
  public static Vault withKeys(String keys) {
    Map<String, Aead> aeads = new LinkedHashMap<>();
    for (String entry : keys.split(",", -1)) {
      String[] parts = entry.strip().split(":", 2);
      if (parts.length != 2 || parts[0].isEmpty()) {
        throw new IllegalArgumentException(
            "each key must be written as name:Base64, separated by commas");
      }
      if (aeads.put(parts[0], aead(parts[0], parts[1])) != null) {
        throw new IllegalArgumentException("the key name " + parts[0] + " is there twice");
      }
    }
    return new Vault(aeads);
  }

  @AccessesPartialKey
  private static Aead aead(String name, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the key " + name + " is not valid Base64");
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "the key " + name + " must have 32 bytes, but has " + bytes.length);
    }
    try {
      AeadConfig.register();
      AesGcmParameters aes256Gcm =
          AesGcmParameters.builder()
              .setKeySizeBytes(KEY_BYTES)
              .setIvSizeBytes(12)
              .setTagSizeBytes(16)
              .setVariant(AesGcmParameters.Variant.NO_PREFIX)
              .build();
      AesGcmKey key =
          AesGcmKey.builder()
              .setParameters(aes256Gcm)
              .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
              .build();
      return KeysetHandle.newBuilder()
          .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
          .build()
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not available on this Java", e);
    }
  }

  /**
   * Seals a secret for an owner.
   *
   * @param owner who may open it again: the workflow id
   */
  public Sealed seal(String secret, String owner) {
    try {
      byte[] sealed = aead(sealingKey).encrypt(secret.getBytes(UTF_8), owner.getBytes(UTF_8));
      return new Sealed(sealingKey, Base64.getEncoder().encodeToString(sealed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Sealing failed", e);
    }
  }

  /**
   * Opens what was sealed for this owner.
   *
   * @throws SealBrokenException if the key is not among this vault's, or it was sealed for another
   *     owner, or it was changed
   */
  public String open(Sealed sealed, String owner) {
    try {
      byte[] bytes = Base64.getDecoder().decode(sealed.ciphertext());
      return new String(aead(sealed.keyId()).decrypt(bytes, owner.getBytes(UTF_8)), UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SealBrokenException(
          "A secret sealed with key "
              + sealed.keyId()
              + " can't be opened: it was changed, or sealed for another workflow or with another"
              + " key of that name");
    }
  }

  private Aead aead(String keyId) {
    Aead aead = keys.get(keyId);
    if (aead == null) {
      throw new UnknownKeyException(keyId);
    }
    return aead;
  }
}
