package dev.countersign.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * Seals secrets for one purpose, with XAES-256-GCM (Tink AEAD) and a key derived for it. What is
 * sealed is bound to an owner, a workflow id as a rule, as associated data: moved to another
 * workflow it can't be opened. The first of {@code countersign.keys} seals, all open, so that keys
 * can be rotated. Thread-safe.
 */
public final class Vault {
  /** Parts the name of a root key, which has none of it, from the purpose's label. */
  private static final char SEPARATOR = ':';

  private final RootKeys roots;
  private final Purpose purpose;
  private final Map<String, Aead> derived;
  private final Map<String, Aead> older;

  private Vault(RootKeys roots, Purpose purpose) {
    this.roots = roots;
    this.purpose = purpose;
    this.derived = roots.derivedFor(purpose);
    this.older = purpose.opensOlderForm() ? roots.older() : Map.of();
  }

  /**
   * Reads keys as {@code COUNTERSIGN_KEYS} has them; the vault is for {@link Purpose#OTHER}.
   *
   * @param keys {@code k2:<Base64 of 32 bytes>,k1:<Base64 of 32 bytes>}; the first one seals
   * @throws IllegalArgumentException with a sentence that says what is wrong, without any key in it
   */
  public static Vault withKeys(String keys) {
    return new Vault(RootKeys.of(keys), Purpose.OTHER);
  }

  /** A vault for another purpose, by keys of the same roots. */
  public Vault forPurpose(Purpose other) {
    return new Vault(roots, other);
  }

  /**
   * Seals a secret for an owner.
   *
   * @param owner who may open it again: the workflow id
   */
  public Sealed seal(String secret, String owner) {
    byte[] sealed = seal(secret.getBytes(UTF_8), owner.getBytes(UTF_8));
    return new Sealed(
        roots.first() + SEPARATOR + purpose.label(), Base64.getEncoder().encodeToString(sealed));
  }

  /**
   * Opens what was sealed for this owner, and purpose.
   *
   * @throws SealBrokenException if the key is not among this vault's, or it was sealed for another
   *     owner or purpose, or it was changed
   */
  public String open(Sealed sealed, String owner) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(sealed.ciphertext());
    } catch (IllegalArgumentException e) {
      throw broken(sealed.keyId());
    }
    return new String(
        open(aead(sealed.keyId()), sealed.keyId(), bytes, owner.getBytes(UTF_8)), UTF_8);
  }

  /** Name of the key of {@code countersign.keys} that seals. */
  public String sealingKey() {
    return roots.first();
  }

  /**
   * Seals bytes, by {@link #sealingKey}.
   *
   * @param associated what they are bound to
   */
  public byte[] seal(byte[] secret, byte[] associated) {
    try {
      return aead(derived, roots.first()).encrypt(secret, associated);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Sealing failed", e);
    }
  }

  /**
   * Opens bytes that were sealed for this purpose.
   *
   * @param key name of the key of {@code countersign.keys} that sealed
   * @param associated what they are bound to
   * @throws SealBrokenException if the key is not among this vault's, or they were sealed for
   *     another purpose or bound to something else, or changed
   */
  public byte[] open(String key, byte[] sealed, byte[] associated) {
    return open(aead(derived, key), key, sealed, associated);
  }

  /** Whether keys and cryptography are there; asks nothing of a secret. */
  public boolean opensWhatItSeals() {
    byte[] probe = {1};
    try {
      return Arrays.equals(open(sealingKey(), seal(probe, probe), probe), probe);
    } catch (IllegalStateException | SealBrokenException e) {
      return false;
    }
  }

  private static byte[] open(Aead aead, String key, byte[] sealed, byte[] associated) {
    try {
      return aead.decrypt(sealed, associated);
    } catch (GeneralSecurityException e) {
      throw broken(key);
    }
  }

  private Aead aead(String keyId) {
    int separator = keyId.indexOf(SEPARATOR);
    if (separator >= 0) {
      if (!keyId.substring(separator + 1).equals(purpose.label())) {
        throw new SealBrokenException(
            "A secret sealed with key " + keyId + " was sealed for something else");
      }
      return aead(derived, keyId.substring(0, separator));
    }
    if (!purpose.opensOlderForm()) {
      throw new SealBrokenException(
          "A secret sealed with key " + keyId + " has a form that is accepted no more");
    }
    return aead(older, keyId);
  }

  private static Aead aead(Map<String, Aead> keys, String name) {
    Aead aead = keys.get(name);
    if (aead == null) {
      throw new UnknownKeyException(name);
    }
    return aead;
  }

  private static SealBrokenException broken(String key) {
    return new SealBrokenException(
        "A secret sealed with key "
            + key
            + " can't be opened: it was changed, or sealed for another workflow or with another"
            + " key of that name");
  }
}
