package dev.countersign.guard;

/**
 * Thrown by a guarded method that has certainly done nothing and never will, such as when the bank
 * says that there is no such account: the call ends with these words. After an attempt whose
 * outcome is unknown it proves nothing.
 */
public final class RefusedException extends RuntimeException {

  /**
   * Says why it can't be.
   *
   * @param words for the user; no secret
   */
  public RefusedException(String words) {
    super(words);
  }
}
