package dev.countersign.app.edge;

import java.time.Duration;
import java.util.List;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP/1.1 as Tomcat speaks it, with {@link TimedProcessor}s. Tomcat makes it, by its name. */
public final class TimedHttpProtocol extends Http11NioProtocol {
  private Duration requestDeadline = Duration.ofSeconds(30);
  private BodySizes bodySizes = new BodySizes(List.of());

  /** Of a whole request, from its first byte on. */
  Duration requestDeadline() {
    return requestDeadline;
  }

  void setRequestDeadline(Duration deadline) {
    requestDeadline = deadline;
  }

  /** How long bodies may be. */
  BodySizes bodySizes() {
    return bodySizes;
  }

  void setBodySizes(BodySizes sizes) {
    bodySizes = sizes;
  }

  @Override
  protected Processor createProcessor() {
    return new TimedProcessor(this, getAdapter());
  }
}
