package dev.countersign.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a server that is away, or too busy, from a call that is wrong. */
public final class Outage {
  private static final Set<Status.Code> AWAY =
      Set.of(
          Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.RESOURCE_EXHAUSTED);

  private Outage() {}

  /** Whether the server is there, and takes no more calls for now: a limit of it is reached. */
  public static boolean isRateLimit(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause ->
            cause instanceof StatusRuntimeException status
                && status.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED);
  }

  /** Whether a failure of a Temporal call, or what caused it, was the server being away. */
  public static boolean isBehind(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof WorkflowUpdateTimeoutOrCancelledException
          || cause instanceof TemporalAwayException) {
        return true;
      }
      if (cause instanceof StatusRuntimeException status
          && AWAY.contains(status.getStatus().getCode())) {
        return true;
      }
    }
    return false;
  }
}
