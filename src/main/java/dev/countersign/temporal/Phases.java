package dev.countersign.temporal;

import org.springframework.context.SmartLifecycle;

/**
 * Order of start and, backwards, of stop. All stop after the web server has let its requests come
 * to their ends, as it does unless {@code server.shutdown=immediate}: those still find Temporal.
 */
final class Phases {
  /** Nothing is begun at a server that can't be used. */
  static final int STARTUP = -1;

  /** Reachability is known as long as anything polls. */
  static final int REACHABILITY = 0;

  /** The lease is held for as long as anything is done under it, and wanted from the first. */
  static final int LEASE = 0;

  /**
   * Between the end of requests ({@code DEFAULT_PHASE - 1024} of Boot's) and that of the management
   * port (512 less): what is decided while they stop is in the metrics, and can be scraped.
   */
  static final int WORKERS = SmartLifecycle.DEFAULT_PHASE - 1_280;

  private Phases() {}
}
