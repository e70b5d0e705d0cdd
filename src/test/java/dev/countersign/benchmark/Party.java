package dev.countersign.benchmark;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Whose processor time is counted.
 *
 * @param cpu since its start, of all its processes
 */
record Party(String name, Supplier<Duration> cpu) {
  static final String WORKERS = "workers";

  /** This process: who buys, the tenant and the shop. */
  static Party driver() {
    return new Party(
        "tenant, shop and buyers",
        () -> ProcessHandle.current().info().totalCpuDuration().orElseThrow());
  }
}
