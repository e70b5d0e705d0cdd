package dev.countersign.app.edge;

import dev.countersign.app.api.LongBody;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Puts a Tomcat behind the edge. */
final class EdgeServer implements WebServerFactoryCustomizer<TomcatWebServerFactory>, Ordered {
  private final Duration requestDeadline;
  private final BodySizes bodySizes;

  EdgeServer(EdgeProperties properties, List<LongBody> longBodies) {
    this.requestDeadline = properties.requestDeadline();
    this.bodySizes = new BodySizes(longBodies);
  }

  @Override
  public void customize(TomcatWebServerFactory factory) {
    factory.setProtocol(TimedHttpProtocol.class.getName());
    factory.addConnectorCustomizers(connector -> {
      if (connector.getProtocolHandler() instanceof TimedHttpProtocol protocol) {
        protocol.setRequestDeadline(requestDeadline);
        protocol.setBodySizes(bodySizes);
      }
    });
    factory.addEngineValves(new EdgeValve(bodySizes));
    factory.addContextCustomizers(
        context -> context.getParent().getPipeline().addValve(new ProblemReportValve()));
  }

  /** Inside of what Spring Boot puts there, which answers by pages. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
