package dev.countersign.approval;

import org.jspecify.annotations.Nullable;

/** Whom an approved token is sealed for: it can't be opened by, or for, anything else. */
public final class TokenOwner {
  private TokenOwner() {}

  /**
   * The owner's name.
   *
   * @param runId of the run that asked: a reset, or another start under the same id, is another run
   * @param boundTo what the approval is for; null: whatever that workflow does with it
   */
  public static String of(String workflowId, String runId, @Nullable String boundTo) {
    return boundTo == null ? workflowId : workflowId + "\n" + runId + "\n" + boundTo;
  }
}
