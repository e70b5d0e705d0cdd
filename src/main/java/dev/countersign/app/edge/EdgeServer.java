package dev.countersign.app.edge;

import java.time.Duration;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Puts a Tomcat behind the edge. */
final class EdgeServer implements WebServerFactoryCustomizer<TomcatWebServerFactory>, Ordered {
  private final Duration requestDeadline;

  EdgeServer(EdgeProperties properties) {
    this.requestDeadline = properties.requestDeadline();
  }

  @Override
  public void customize(TomcatWebServerFactory factory) {
    factory.setProtocol(TimedHttpProtocol.class.getName());
    factory.addConnectorCustomizers(connector -> {
      if (connector.getProtocolHandler() instanceof TimedHttpProtocol protocol) {
        protocol.setRequestDeadline(requestDeadline);
      }
    });
    factory.addEngineValves(new EdgeValve());
    factory.addContextCustomizers(
        context -> context.getParent().getPipeline().addValve(new ProblemReportValve()));
  }

  /** Inside of what Spring Boot puts there, which answers by pages. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
