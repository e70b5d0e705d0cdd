package dev.countersign.app.api;

/** A login that may end while it is being answered. */
public interface Revocable {
  /** Whether it has ended since. */
  boolean isRevoked();
}
