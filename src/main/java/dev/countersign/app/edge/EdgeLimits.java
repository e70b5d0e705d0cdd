package dev.countersign.app.edge;

import dev.countersign.app.api.LimitHits;
import dev.countersign.app.api.RefusalLimit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;

/** How often somebody may call. */
final class EdgeLimits implements RefusalLimit {
  private final Allowance requestsOfAddress;
  private final Allowance requestsOfUser;
  private final Allowance refusalsOfAddress;
  private final Counter tooManyOfAddress;
  private final Counter tooManyOfUser;
  private final Counter tooManyRefusals;
  private final Counter tooManyBodies;

  EdgeLimits(EdgeProperties properties, MeterRegistry meters) {
    tooManyOfAddress = LimitHits.of("requests_of_address", meters);
    tooManyOfUser = LimitHits.of("requests_of_user", meters);
    tooManyRefusals = LimitHits.of("refusals_of_address", meters);
    tooManyBodies = LimitHits.of("bodies_of_user", meters);
    requestsOfAddress = new Allowance(properties.requestsPerAddressAndMinute());
    requestsOfUser = new Allowance(properties.requestsPerUserAndMinute());
    refusalsOfAddress = new Allowance(properties.refusalsPerAddressAndMinute());
  }

  /** Counts a request; if it is one too many, says how long to wait. */
  Optional<Duration> countRequest(HttpServletRequest request) {
    return counted(requestsOfAddress.take(address(request)), tooManyOfAddress);
  }

  /** Counts a request of somebody who has signed in. */
  Optional<Duration> countRequest(String sub) {
    return counted(requestsOfUser.take(sub), tooManyOfUser);
  }

  @Override
  public Optional<Duration> countRefusal(HttpServletRequest request) {
    return counted(refusalsOfAddress.take(address(request)), tooManyRefusals);
  }

  /** Whether whoever is there has been refused too often to be heard. */
  Optional<Duration> tooManyRefusals(HttpServletRequest request) {
    return counted(refusalsOfAddress.exhausted(address(request)), tooManyRefusals);
  }

  /** Somebody who has signed in sends more at once than is read. */
  void tooManyBodies() {
    tooManyBodies.increment();
  }

  private static Optional<Duration> counted(Optional<Duration> wait, Counter hits) {
    wait.ifPresent(_ -> hits.increment());
    return wait;
  }

  private static String address(HttpServletRequest request) {
    return ClientAddress.of(request.getRemoteAddr());
  }
}
