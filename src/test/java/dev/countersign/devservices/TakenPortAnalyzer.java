package dev.countersign.devservices;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names the variables that move the application's ports. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TakenPortAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {
  @Override
  protected FailureAnalysis analyze(Throwable failure, PortInUseException cause) {
    return new FailureAnalysis(
        "Port " + cause.getPort() + " is taken, by another run perhaps.",
        "End that, or set SERVER_PORT (page and API) or MANAGEMENT_SERVER_PORT (health and metrics)"
            + " to a free one.",
        cause);
  }
}
