package dev.countersign.temporal;

/** Nothing was sent, because Temporal is known to be away. */
final class TemporalAwayException extends RuntimeException {
  TemporalAwayException() {
    super("Temporal is known to be away, so nothing was sent");
  }
}
