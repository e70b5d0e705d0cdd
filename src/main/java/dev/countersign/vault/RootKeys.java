package dev.countersign.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** The keys of {@code countersign.keys}, by their names, and the keys that are derived of them. */
final class RootKeys {
  private static final int KEY_BYTES = 32;
  private static final int SALT_BYTES = 12;

  /** The same for all: roots are random already (RFC 5869 3.1). */
  private static final byte[] SALT = "countersign.keys".getBytes(UTF_8);

  private final Map<String, byte[]> roots;

  private RootKeys(Map<String, byte[]> roots) {
    this.roots = roots;
  }

  /**
   * Reads keys as {@code COUNTERSIGN_KEYS} has them.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong, without any key in it
   */
  static RootKeys of(String keys) {
    Map<String, byte[]> roots = new LinkedHashMap<>();
    for (String entry : keys.split(",", -1)) {
      String[] parts = entry.strip().split(":", 2);
      if (parts.length != 2 || parts[0].isEmpty()) {
        throw new IllegalArgumentException(
            "each key must be written as name:Base64, separated by commas");
      }
      if (roots.put(parts[0], bytes(parts[0], parts[1])) != null) {
        throw new IllegalArgumentException("the key name " + parts[0] + " is there twice");
      }
    }
    return new RootKeys(roots);
  }

  private static byte[] bytes(String name, String base64) {
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
    return bytes;
  }

  /** Name of the first, which seals. */
  String first() {
    return roots.keySet().iterator().next();
  }

  /**
   * By the name of its root, the key for a purpose: HKDF with SHA-256 (RFC 5869), with the
   * purpose's label as {@code info}. It is of XAES-256-GCM, whose nonces of 192 bits can be random
   * however much is sealed.
   */
  Map<String, Aead> derivedFor(Purpose purpose) {
    return aeads(root -> xAes256Gcm(derived(root, purpose)));
  }

  /** By their names, the keys themselves, for AES-256-GCM: what sealed once, whatever it was. */
  Map<String, Aead> older() {
    return aeads(RootKeys::aes256Gcm);
  }

  private static SecretBytes derived(byte[] root, Purpose purpose) throws GeneralSecurityException {
    return secret(
        KDF.getInstance("HKDF-SHA256")
            .deriveData(
                HKDFParameterSpec.ofExtract()
                    .addSalt(SALT)
                    .addIKM(root)
                    .thenExpand(purpose.label().getBytes(UTF_8), KEY_BYTES)));
  }

  @AccessesPartialKey
  private static Key xAes256Gcm(SecretBytes bytes) throws GeneralSecurityException {
    return XAesGcmKey.create(
        XAesGcmParameters.create(XAesGcmParameters.Variant.NO_PREFIX, SALT_BYTES), bytes, null);
  }

  @AccessesPartialKey
  private static Key aes256Gcm(byte[] bytes) throws GeneralSecurityException {
    AesGcmParameters aes256Gcm =
        AesGcmParameters.builder()
            .setKeySizeBytes(KEY_BYTES)
            .setIvSizeBytes(12)
            .setTagSizeBytes(16)
            .setVariant(AesGcmParameters.Variant.NO_PREFIX)
            .build();
    return AesGcmKey.builder().setParameters(aes256Gcm).setKeyBytes(secret(bytes)).build();
  }

  private static SecretBytes secret(byte[] bytes) {
    return SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get());
  }

  private Map<String, Aead> aeads(KeyMaker maker) {
    try {
      AeadConfig.register();
      Map<String, Aead> aeads = new LinkedHashMap<>();
      for (Map.Entry<String, byte[]> root : roots.entrySet()) {
        aeads.put(root.getKey(), aead(maker.make(root.getValue())));
      }
      return aeads;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM or HKDF is not available on this Java", e);
    }
  }

  private static Aead aead(Key key) throws GeneralSecurityException {
    return KeysetHandle.newBuilder()
        .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
        .build()
        .getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  /** Makes a key of a root. */
  private interface KeyMaker {
    Key make(byte[] root) throws GeneralSecurityException;
  }
}
