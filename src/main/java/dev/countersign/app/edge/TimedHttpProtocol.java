package dev.countersign.app.edge;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP/1.1 as Tomcat speaks it, with {@link TimedProcessor}s. Tomcat makes it, by its name. */
public final class TimedHttpProtocol extends Http11NioProtocol {
  private Duration requestDeadline = Duration.ofSeconds(30);

  /** Of a whole request, from its first byte on. */
  Duration requestDeadline() {
    return requestDeadline;
  }

  void setRequestDeadline(Duration deadline) {
    requestDeadline = deadline;
  }

  @Override
  protected Processor createProcessor() {
    return new TimedProcessor(this, getAdapter());
  }
}
