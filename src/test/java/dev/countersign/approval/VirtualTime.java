package dev.countersign.approval;

import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of a time-skipping test server, as a clock. */
public final class VirtualTime extends Clock {
  private final TestWorkflowEnvironment environment;

  public VirtualTime(TestWorkflowEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(environment.currentTimeMillis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("An instant has no zone");
  }
}
