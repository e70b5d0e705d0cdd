package dev.countersign.temporal;

/** Temporal, as far as one asks whether it is there before one sends it anything. */
@FunctionalInterface
public interface DurableStore {

  /** Whether the server answered within the last seconds; never blocks. */
  boolean isReachable();
}
