package dev.countersign.approval;

import org.jspecify.annotations.Nullable;

/**
 * Whom a token, or the handle of a question, is sealed for: it can't be opened by, or for, anything
 * else.
 */
public final class TokenOwner {
  private TokenOwner() {}

  /**
   * The owner's name.
   *
   * @param runId of the run that asked: a reset, or another start under the same id, is another run
   * @param seal of what was asked; null: whatever that workflow does with it
   */
  public static String of(String workflowId, String runId, @Nullable RequestSeal seal) {
    return seal == null
        ? workflowId
        : "run %d:%s %d:%s %s"
            .formatted(workflowId.length(), workflowId, runId.length(), runId, seal.boundTo());
  }
}
