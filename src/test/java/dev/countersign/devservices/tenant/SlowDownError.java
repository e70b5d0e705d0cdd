package dev.countersign.devservices.tenant;

import java.time.Duration;
import org.springframework.security.oauth2.core.OAuth2Error;

/** {@code slow_down} with the interval that Auth0 adds. */
final class SlowDownError extends OAuth2Error {
  private final Duration interval;

  SlowDownError(Duration interval) {
    super(
        "slow_down",
        "You are polling faster than allowed. Try again in " + interval.toSeconds() + " seconds.",
        null);
    this.interval = interval;
  }

  Duration interval() {
    return interval;
  }
}
