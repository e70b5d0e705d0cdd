package dev.countersign.guard;

import org.jspecify.annotations.Nullable;

/** Stands before every guarded method: whoever calls one comes here instead. */
@FunctionalInterface
public interface Gate {
  /**
   * A guarded method was called by somebody who has no approval for it.
   *
   * @return the method's value, if it has run by now
   * @throws Throwable whatever the caller is to get, the method's own exceptions among it
   */
  @Nullable Object called(GuardedMethod method, @Nullable Object[] arguments) throws Throwable;
}
