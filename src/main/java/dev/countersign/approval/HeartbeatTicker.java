package dev.countersign.approval;

/**
 * Heartbeats for every waiting activity of this process, and wakes those that must stop waiting.
 */
public final class HeartbeatTicker implements AutoCloseable {

  /**
   * Ends every wait of this process, for another process to go on with: call it when the workers
   * have been told to shut down. A poll under way is not aborted.
   */
  @Override
  public void close() {}
}
