package dev.countersign.app.events;

import java.time.Duration;

/** The history of what doesn't say that it changes: it may have at every tick. */
final class Ticks implements History {
  private final Duration every;
  private boolean isBegun;

  Ticks(Duration every) {
    this.every = every;
  }

  @Override
  public Life awaitChange() {
    if (isBegun) {
      try {
        Thread.sleep(every);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted", e);
      }
    }
    isBegun = true;
    return Life.GOES_ON;
  }
}
