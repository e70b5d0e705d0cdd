package dev.countersign.approval;

import java.time.Instant;

/** What a workflow wants to know of its approval while it goes on. Runs in workflow code. */
public interface ApprovalProgress {

  /**
   * The user's phone shows the question.
   *
   * @param expiresAt until when the user can decide
   */
  void awaiting(Instant expiresAt);

  /**
   * The user's phone is about to ring once more; it rings after this method has returned.
   *
   * @param sentence for the user: why
   */
  void askingAgain(String sentence);

  /**
   * The user is asked later, because others of their questions come first; told at each look, in
   * the same words while nothing changes.
   *
   * @param sentence for the user: why
   */
  default void inLine(String sentence) {}

  /** For a workflow that has nobody to tell. */
  static ApprovalProgress untold() {
    return new ApprovalProgress() {
      @Override
      public void awaiting(Instant expiresAt) {}

      @Override
      public void askingAgain(String sentence) {}
    };
  }
}
