package dev.countersign.guard;

/** A guarded method was to run, but something before its first line failed: an aspect, say. */
public final class NotRunException extends Exception {

  /** Says what failed. */
  public NotRunException(GuardedMethod method, Throwable cause) {
    super(method.name() + " was not begun: " + cause, cause);
  }
}
