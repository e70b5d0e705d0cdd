package dev.countersign.guard.proxy;

import dev.countersign.guard.GuardedMethod;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets one call through one guard: a run that was approved. It doesn't reach other threads, and
 * whatever the method itself calls needs a permit of its own.
 */
final class Permit {
  private static final ScopedValue<Permit> CURRENT = ScopedValue.newInstance();

  private final GuardedMethod method;
  private final AtomicBoolean used = new AtomicBoolean();

  Permit(GuardedMethod method) {
    this.method = method;
  }

  /** Runs what calls the method; the first such call of it passes. */
  @Nullable Object run(Callable<@Nullable Object> call) throws Exception {
    return ScopedValue.where(CURRENT, this).call(call::call);
  }

  /** Whether the method has begun. */
  boolean isUsed() {
    return used.get();
  }

  /** Whether this call is the one that may pass; if so, no other does. */
  static boolean use(GuardedMethod method) {
    if (!CURRENT.isBound()) {
      return false;
    }
    Permit permit = CURRENT.get();
    return permit.method.method().equals(method.method()) && permit.used.compareAndSet(false, true);
  }
}
