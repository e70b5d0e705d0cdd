package dev.countersign.guard;

/** A key was used for another call before: nobody was asked, and nothing was done. */
public final class KeyUsedException extends RuntimeException {
  private final transient CallState before;

  KeyUsedException(CallState before) {
    super(
        "This key was used for another call before, \""
            + before.message()
            + "\". Nobody was asked, and nothing was done.");
    this.before = before;
  }

  /** Where the call stands that the key names. */
  public CallState before() {
    return before;
  }
}
