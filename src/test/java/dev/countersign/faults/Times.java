package dev.countersign.faults;

import java.time.Duration;
import java.time.Instant;

/** Waiting for moments. */
final class Times {
  private Times() {}

  static void sleepUntil(Instant moment) throws InterruptedException {
    Duration left = Duration.between(Instant.now(), moment);
    if (left.isPositive()) {
      Thread.sleep(left);
    }
  }
}
