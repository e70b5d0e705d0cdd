package dev.countersign.guard;

import org.jspecify.annotations.Nullable;

/**
 * A guarded method was called, and was not run, or nobody knows: the message says which and why.
 */
public class CallNotDoneException extends RuntimeException {
  private final transient @Nullable CallState state;

  CallNotDoneException(CallState state) {
    super(state.reason());
    this.state = state;
  }

  /**
   * Refused before anybody was asked.
   *
   * @param sentence why, for the user
   */
  public CallNotDoneException(String sentence) {
    super(sentence);
    this.state = null;
  }

  /** Where the call stands; null: it was refused before anybody was asked. */
  public @Nullable CallState state() {
    return state;
  }
}
