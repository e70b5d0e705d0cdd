package dev.countersign.temporal;

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
   * @throws io.grpc.StatusRuntimeException with {@code NOT_FOUND} if there is none of that name,
   *     and as {@link #ping()}
   */
  void describeNamespace();
}
