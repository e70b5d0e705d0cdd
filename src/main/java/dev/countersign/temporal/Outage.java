package dev.countersign.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Tells a server that is away, or too busy, from a call that is wrong. */
public final class Outage {
  private static final Set<Status.Code> AWAY =
      Set.of(
          Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.RESOURCE_EXHAUSTED);

  private Outage() {}

  /** Whether the server is there, and takes no more calls for now: a limit of it is reached. */
  public static boolean isRateLimit(Throwable failure) {
    return causes(failure).anyMatch(cause -> codeOf(cause) == Status.Code.RESOURCE_EXHAUSTED);
  }

  /** Whether a failure of a Temporal call, or what caused it, was the server being away. */
  public static boolean isBehind(Throwable failure) {
    return causes(failure)
        .anyMatch(cause ->
            cause instanceof WorkflowUpdateTimeoutOrCancelledException
                || cause instanceof TemporalAwayException
                || AWAY.contains(codeOf(cause)));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  /** That of gRPC; OK: it is no failure of a call. */
  private static Status.Code codeOf(Throwable cause) {
    return cause instanceof StatusRuntimeException status
        ? status.getStatus().getCode()
        : Status.Code.OK;
  }
}
