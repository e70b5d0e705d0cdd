package dev.countersign.approval;

/**
 * The store that an approval must reach before it counts. A provider hands a token out once, so it
 * is fetched only while it could be stored.
 */
@FunctionalInterface
public interface DurableStore {

  /** Whether the store answered within the last seconds; never blocks. */
  boolean isReachable();
}
