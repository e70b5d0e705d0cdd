package dev.countersign.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a server that is away, or too busy, from a call that is wrong. */
public final class Outage {
  private static final Set<Status.Code> AWAY =
      Set.of(
          Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.RESOURCE_EXHAUSTED);

  private Outage() {}

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
