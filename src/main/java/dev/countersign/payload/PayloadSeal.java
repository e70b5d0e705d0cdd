package dev.countersign.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Vault;
import io.temporal.api.common.v1.Payload;

/**
 * Seals single payloads, with all that they say of themselves, and opens them again: a sealed one
 * tells nothing but the name of its key. One that was sealed for another namespace can't be opened.
 * Thread-safe.
 */
public final class PayloadSeal {
  private static final String ENCODING = "encoding";

  /** What samples and tools of Temporal's call payloads that they can't read. */
  private static final ByteString ENCRYPTED = ByteString.copyFromUtf8("binary/encrypted");

  /** Names the key; a payload without it was not sealed here. */
  private static final String KEY = "countersign-key";

  private final Vault vault;
  private final byte[] namespace;

  /**
   * By the keys of the vault.
   *
   * @param namespace to whose payloads they are bound
   */
  public PayloadSeal(Vault vault, String namespace) {
    this.vault = vault.forPurpose(Purpose.PAYLOADS);
    this.namespace = namespace.getBytes(UTF_8);
  }

  /** The payload, sealed. */
  public Payload seal(Payload payload) {
    return Payload.newBuilder()
        .putMetadata(ENCODING, ENCRYPTED)
        .putMetadata(KEY, ByteString.copyFromUtf8(vault.sealingKey()))
        .setData(ByteString.copyFrom(vault.seal(payload.toByteArray(), namespace)))
        .build();
  }

  /** Whether it was sealed here, or says so. */
  public static boolean isSealed(Payload payload) {
    return payload.containsMetadata(KEY)
        && ENCRYPTED.equals(payload.getMetadataOrDefault(ENCODING, ByteString.EMPTY));
  }

  /**
   * What was sealed.
   *
   * @throws SealBrokenException if it was sealed by a key that isn't here or for another namespace,
   *     or was changed
   */
  public Payload open(Payload sealed) {
    String key = sealed.getMetadataOrDefault(KEY, ByteString.EMPTY).toStringUtf8();
    try {
      return Payload.parseFrom(vault.open(key, sealed.getData().toByteArray(), namespace));
    } catch (InvalidProtocolBufferException e) {
      throw new SealBrokenException("What was sealed with key " + key + " is no payload");
    }
  }
}
