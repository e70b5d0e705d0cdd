package dev.countersign.app.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;

/** How often somebody may try to get in without a login that holds. */
@FunctionalInterface
public interface RefusalLimit {

  /** Counts a request that is refused; if it is one too many, says how long to wait. */
  Optional<Duration> countRefusal(HttpServletRequest request);
}
