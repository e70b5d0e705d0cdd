package dev.countersign.app.signout;

import org.jspecify.annotations.Nullable;

/** Where all processes of an application write sign-outs, and read those of others. */
public interface SignOutLog {
  /**
   * Writes one.
   *
   * @throws RuntimeException if that can't be done right now
   */
  void add(SignOut signOut);

  /**
   * Reads what has come since.
   *
   * @param chain as of the answer before; null: there was none
   * @param after the last number of that answer
   * @throws RuntimeException if nobody can say so right now
   */
  SignOutsWorkflow.News news(@Nullable String chain, long after);
}
