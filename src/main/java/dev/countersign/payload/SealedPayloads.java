package dev.countersign.payload;

import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.UnknownKeyException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Temporal's codec of sealed payloads. What was sealed can always be read; what wasn't is refused
 * once all is sealed: nobody without the keys can have a workflow take anything in.
 */
public final class SealedPayloads implements PayloadCodec {
  private final PayloadSeal seal;
  private final boolean sealing;
  private final @Nullable Instant plainUntil;
  private final InstantSource clock;

  private SealedPayloads(
      PayloadSeal seal, boolean sealing, @Nullable Instant plainUntil, InstantSource clock) {
    this.seal = seal;
    this.sealing = sealing;
    this.plainUntil = plainUntil;
    this.clock = clock;
  }

  /**
   * Seals all, and refuses what isn't sealed.
   *
   * @param plainUntil until when plain payloads are read all the same: of workflows that began when
   *     nothing was sealed; null: they aren't
   */
  public static SealedPayloads sealing(
      PayloadSeal seal, @Nullable Instant plainUntil, InstantSource clock) {
    return new SealedPayloads(seal, true, plainUntil, clock);
  }

  /** Seals nothing, and reads both: what was sealed earlier, say, or by a replica. */
  public static SealedPayloads reading(PayloadSeal seal) {
    return new SealedPayloads(seal, false, null, InstantSource.system());
  }

  /** A converter whose payloads, messages of failures and stack traces go through this codec. */
  public DataConverter around(DataConverter converter) {
    return new CodecDataConverter(converter, List.of(this), sealing);
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return sealing ? payloads.stream().map(seal::seal).toList() : payloads;
  }

  /**
   * What was encoded.
   *
   * @throws PayloadCodecException if this process lacks a key: a workflow's task fails then, and
   *     another process may have it
   * @throws DataConverterException if one was changed, or isn't sealed and should be: Temporal's
   *     SDK takes signals for which this is thrown as not sent
   */
  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::decode).toList();
  }

  private Payload decode(Payload payload) {
    if (PayloadSeal.isSealed(payload)) {
      return opened(payload);
    }
    if (!readsPlain()) {
      auditRefused();
      throw new DataConverterException(
          "A payload is not sealed, and countersign.temporal.payloads.mode is sealed: it comes from"
              + " somebody without countersign.keys, or from before payloads were sealed"
              + " (countersign.temporal.payloads.plain-until)");
    }
    return payload;
  }

  private Payload opened(Payload payload) {
    try {
      return seal.open(payload);
    } catch (UnknownKeyException e) {
      throw new PayloadCodecException(e);
    } catch (SealBrokenException e) {
      auditRefused();
      throw new DataConverterException(e);
    }
  }

  /** Of which workflow it is, or will be, a payload doesn't say. */
  private static void auditRefused() {
    if (WorkflowUnsafe.isReplaying()) {
      return; // it was told when it came
    }
    AuditEntry.of(AuditEvent.SEAL_BROKEN).outcome("payload").write();
  }

  private boolean readsPlain() {
    return !sealing || (plainUntil != null && clock.instant().isBefore(plainUntil));
  }
}
