package dev.countersign.lease;

import java.time.Instant;

/** Frees the work of a process that is gone, for others to go on with. */
@FunctionalInterface
public interface TakeOver {

  /**
   * Frees all work of one process that can be found; again: what was found since.
   *
   * @param holder identity of the process at Temporal, as its workers name themselves
   * @param quietSince since when the process has begun nothing, by the Temporal server's clock
   * @param alive to be called every few seconds; throws when the take-over must end
   * @return how many pieces of work were freed
   */
  int takeOver(String holder, Instant quietSince, Runnable alive);
}
