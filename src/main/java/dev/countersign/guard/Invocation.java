package dev.countersign.guard;

import org.jspecify.annotations.Nullable;

/** Runs a guarded method of a bean past its gate. */
@FunctionalInterface
public interface Invocation {
  /**
   * Runs it once.
   *
   * @throws NotRunException if the method has certainly not begun
   * @throws Throwable whatever the method throws
   */
  @Nullable Object run(@Nullable Object[] arguments) throws Throwable;
}
