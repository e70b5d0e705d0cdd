package dev.countersign.temporal;

/**
 * Order of start and, backwards, of stop. All come before the web server at start and after it at
 * stop: requests under way still find Temporal.
 */
final class Phases {
  /** Nothing is begun at a server that can't be used. */
  static final int STARTUP = -1;

  /** Reachability is known as long as anything polls. */
  static final int REACHABILITY = 0;

  /** The lease is held for as long as anything is done under it, and wanted from the first. */
  static final int LEASE = 0;

  static final int WORKERS = 1;

  private Phases() {}
}
