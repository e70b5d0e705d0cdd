package dev.countersign.app.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** How often limits are hit that callers learn of by a status, and the audit log doesn't. */
public final class LimitHits {
  private LimitHits() {}

  /**
   * The counter of a limit.
   *
   * @param limit a word of the code's; {@code docs/metrics.md} has all
   */
  public static Counter of(String limit, MeterRegistry meters) {
    return Counter.builder("countersign.limits.hit")
        .description("Limits that were hit")
        .tag("limit", limit)
        .register(meters);
  }
}
