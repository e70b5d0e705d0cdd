package dev.countersign.app.edge;

import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Lets clients go that take too long to send a request. Tomcat's own timeouts are of a single read,
 * and whoever sends one byte before each of them ends has a connection for days.
 */
final class TimedProcessor extends Http11Processor {
  private static final long NO_REQUEST = -1;

  private final TimedHttpProtocol protocol;

  TimedProcessor(TimedHttpProtocol protocol, Adapter adapter) {
    super(protocol, adapter);
    this.protocol = protocol;
    request.setInputBuffer(
        new BoundedInput(
            request.getInputBuffer(),
            request,
            protocol.bodySizes(),
            protocol.requestDeadline(),
            this::waitAtMost));
  }

  /** Tomcat comes here whenever something was sent of a request whose headers aren't whole. */
  @Override
  public SocketState service(SocketWrapperBase<?> socket) throws IOException {
    long since = request.getStartTimeNanos();
    if (since != NO_REQUEST && System.nanoTime() - since > protocol.requestDeadline().toNanos()) {
      return SocketState.CLOSED;
    }
    return super.service(socket);
  }

  private void waitAtMost(Duration longest) {
    getSocketWrapper()
        .setReadTimeout(Math.clamp(longest.toMillis(), 1, protocol.getConnectionTimeout()));
  }
}
