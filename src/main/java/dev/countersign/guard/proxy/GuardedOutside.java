package dev.countersign.guard.proxy;

import org.jspecify.annotations.Nullable;

/**
 * What the wrapper of a guarded bean is, beside the bean's class; implemented by generated code.
 */
public interface GuardedOutside {
  /** Null: it is being made. */
  @Nullable Object countersign$around();

  /** A {@link Wrapping}, which generated code couldn't name. */
  void countersign$around(Object wrapping);
}
