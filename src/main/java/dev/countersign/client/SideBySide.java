package dev.countersign.client;

import io.grpc.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Looks at many things at a time, each on a virtual thread, and keeps their order. */
public final class SideBySide {
  /** A page of a list. */
  private static final int MOST_AT_ONCE = 20;

  private SideBySide() {}

  /**
   * What a look at each one says; the first failure is thrown when all have been looked at.
   *
   * @param look must end by itself in bounded time
   */
  public static <T, R> List<R> look(List<T> things, Function<T, R> look) {
    Semaphore room = new Semaphore(MOST_AT_ONCE);
    List<Future<R>> looks = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T thing : things) {
        looks.add(
            threads.submit(
                Context.current()
                    .wrap(() -> {
                      room.acquire();
                      try {
                        return look.apply(thing);
                      } finally {
                        room.release();
                      }
                    })));
      }
    }
    return looks.stream().map(SideBySide::result).toList();
  }

  private static <R> R result(Future<R> done) {
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("A look failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while others looked", e);
    }
  }
}
