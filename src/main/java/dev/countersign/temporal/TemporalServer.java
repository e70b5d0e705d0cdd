package dev.countersign.temporal;

import java.time.Duration;
import java.util.Optional;

/** A Temporal server, as far as one asks whether it is there. */
interface TemporalServer {

  /**
   * Asks the server for a sign of life, once and for a few seconds at most.
   *
   * @throws io.grpc.StatusRuntimeException if it doesn't answer
   */
  void ping();

  /**
   * Asks the server for the namespace, once and for a few seconds at most.
   *
   * @return how long it keeps the histories of workflows that have ended; empty: it doesn't say
   * @throws io.grpc.StatusRuntimeException with {@code NOT_FOUND} if there is none of that name,
   *     and as {@link #ping()}
   */
  Optional<Duration> describeNamespace();
}
