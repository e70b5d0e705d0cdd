package dev.countersign.approval;

import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The time of a time-skipping test server, as a clock. */
public final class VirtualTime {
  private VirtualTime() {}

  public static Clock of(TestWorkflowEnvironment environment) {
    InstantSource source = () -> Instant.ofEpochMilli(environment.currentTimeMillis());
    return source.withZone(ZoneOffset.UTC);
  }
}
