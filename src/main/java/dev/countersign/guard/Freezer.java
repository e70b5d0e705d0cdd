package dev.countersign.guard;

import dev.countersign.approval.RequestSeal;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sha256;
import dev.countersign.vault.Vault;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Freezes calls, and tells those that it has frozen from all others: whoever may write to Temporal
 * can start workflows with any input, but has no key.
 */
public final class Freezer {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final Vault vault;

  /** By the keys of the vault. */
  public Freezer(Vault vault) {
    this.vault = vault.forPurpose(Purpose.CALLS);
  }

  Vault vault() {
    return vault;
  }

  /** Freezes a call. */
  public FrozenCall freeze(Snapshot snapshot) {
    String json = JSON.writeValueAsString(snapshot);
    return new FrozenCall(
        json,
        vault.seal(digest(json), owner(snapshot.id())),
        RequestSeal.of(snapshot.approval(null), vault, snapshot.id(), digest(json)));
  }

  /** What a call says of itself, true or not: for workflow code, which has no keys. */
  static Snapshot read(FrozenCall call) {
    return JSON.readValue(call.snapshot(), Snapshot.class);
  }

  /**
   * What was frozen for this workflow.
   *
   * @throws SealBrokenException if it was frozen by somebody else, for another workflow, or changed
   */
  Snapshot check(FrozenCall call, String workflowId) {
    String digest = vault.open(call.seal(), owner(workflowId));
    if (!digest.equals(digest(call.snapshot()))) {
      throw new SealBrokenException("What was frozen of this call has been changed");
    }
    Snapshot snapshot = read(call);
    if (!snapshot.id().equals(workflowId)) {
      throw new SealBrokenException("What was frozen is another call");
    }
    return snapshot;
  }

  private static String owner(String workflowId) {
    return "frozen " + workflowId;
  }

  /** SHA-256 of the characters that are kept, in hexadecimal digits. */
  static String digest(String json) {
    return Sha256.hex(json);
  }
}
