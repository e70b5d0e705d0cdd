package dev.countersign.app.edge;

import dev.countersign.app.api.RefusalLimit;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;

/** How often somebody may call. */
final class EdgeLimits implements RefusalLimit {
  private final Allowance requestsOfAddress;
  private final Allowance requestsOfUser;
  private final Allowance refusalsOfAddress;

  EdgeLimits(EdgeProperties properties) {
    requestsOfAddress = new Allowance(properties.requestsPerAddressAndMinute());
    requestsOfUser = new Allowance(properties.requestsPerUserAndMinute());
    refusalsOfAddress = new Allowance(properties.refusalsPerAddressAndMinute());
  }

  /** Counts a request; if it is one too many, says how long to wait. */
  Optional<Duration> countRequest(HttpServletRequest request) {
    return requestsOfAddress.take(address(request));
  }

  /** Counts a request of somebody who has signed in. */
  Optional<Duration> countRequest(String sub) {
    return requestsOfUser.take(sub);
  }

  @Override
  public Optional<Duration> countRefusal(HttpServletRequest request) {
    return refusalsOfAddress.take(address(request));
  }

  /** Whether whoever is there has been refused too often to be heard. */
  Optional<Duration> tooManyRefusals(HttpServletRequest request) {
    return refusalsOfAddress.exhausted(address(request));
  }

  private static String address(HttpServletRequest request) {
    return ClientAddress.of(request.getRemoteAddr());
  }
}
