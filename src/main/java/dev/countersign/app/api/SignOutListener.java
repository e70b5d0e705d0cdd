package dev.countersign.app.api;

/** Ends what a user has only while they are signed in. */
@FunctionalInterface
public interface SignOutListener {
  /**
   * A user has signed out.
   *
   * @param sub the user's
   * @throws RuntimeException if that can't be taken in right now
   */
  void signedOut(String sub);
}
