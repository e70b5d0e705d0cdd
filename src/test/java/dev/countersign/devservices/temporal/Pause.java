package dev.countersign.devservices.temporal;

/** The pace at which a starting server is asked whether it is there. */
final class Pause {
  private static final long MILLIS = 50;

  private Pause() {}

  static void brief() {
    try {
      Thread.sleep(MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Temporal", e);
    }
  }
}
