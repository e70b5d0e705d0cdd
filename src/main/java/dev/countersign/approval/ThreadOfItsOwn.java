package dev.countersign.approval;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Does one thing on a thread that ends with it. A wait's own thread lives as long as the wait, and
 * would keep all that time what libraries have put aside for it, and the room that their deepest
 * calls took: more than the wait itself needs.
 */
final class ThreadOfItsOwn {
  private static final Thread.Builder THREADS = Thread.ofVirtual().name("approval-poll");
  private static final Executor EXECUTOR = task -> THREADS.start(task);

  private ThreadOfItsOwn() {}

  /**
   * Returns what it returns, or throws what it throws; an interrupt of the caller doesn't reach it.
   */
  static <T> T call(Supplier<T> work) {
    @Nullable Map<String, String> context = MDC.getCopyOfContextMap();
    try {
      return CompletableFuture.supplyAsync(() -> within(context, work), EXECUTOR).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private static <T> T within(@Nullable Map<String, String> context, Supplier<T> work) {
    if (context != null) {
      MDC.setContextMap(context);
    }
    return work.get();
  }
}
