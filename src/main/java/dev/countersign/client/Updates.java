package dev.countersign.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Updates of workflows. The server gives one up when the workflow task fails that should have taken
 * it, which also happens when something else arrives just as the workflow ends or goes on as new:
 * then it is sent again.
 */
public final class Updates {
  private static final int TRIES = 5;
  private static final Duration PAUSE = Duration.ofMillis(100); // twice as long each time

  private Updates() {}

  /**
   * Sends one.
   *
   * @param update under the same update id each time, so that it is taken once
   * @throws RuntimeException whatever sending it throws otherwise, or at the fifth time
   */
  public static <T> T send(Supplier<T> update) {
    Duration pause = PAUSE;
    for (int tries = 1; ; tries++) {
      try {
        return update.get();
      } catch (WorkflowServiceException | StatusRuntimeException e) {
        if (tries == TRIES || !isGivenUp(e)) {
          throw e;
        }
      }
      LockSupport.parkNanos(pause.toNanos());
      pause = pause.multipliedBy(2);
    }
  }

  /**
   * Throws the reason for which the workflow has refused an update: it counts as sent. To be called
   * where nobody waits for the result, which would throw it too.
   *
   * @throws WorkflowUpdateException if it was refused, or has failed already
   */
  public static void checkNotRefused(WorkflowUpdateHandle<?> sent) {
    CompletableFuture<?> result = sent.getResultAsync(1, TimeUnit.MILLISECONDS); // not waited for
    if (result.isCompletedExceptionally()
        && result.exceptionNow() instanceof WorkflowUpdateException refusal) {
      throw refusal;
    }
  }

  private static boolean isGivenUp(RuntimeException e) {
    Throwable failure = e instanceof WorkflowServiceException ? e.getCause() : e;
    return failure instanceof StatusRuntimeException status
        && status.getStatus().getCode() == Status.Code.FAILED_PRECONDITION
        && says(status.getStatus().getDescription());
  }

  private static boolean says(@Nullable String description) {
    return description != null && description.contains("workflow task failure");
  }
}
