package dev.countersign.client;

import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Calls of Temporal that may take so long, retries and all. */
public final class Deadlines {
  /** Shared by all; does nothing but end calls that take too long. */
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("call-deadline").factory());

  private Deadlines() {}

  /**
   * Makes a call, which fails if it takes longer.
   *
   * @throws RuntimeException whatever the call throws then, or by itself
   */
  public static <T> T within(Duration patience, Supplier<T> call) {
    try (Context.CancellableContext context =
        Context.current().withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS, TIMER)) {
      return context.call(call::get);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("A supplier throws no checked exception", e);
    }
  }
}
