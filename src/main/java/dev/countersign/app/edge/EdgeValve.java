package dev.countersign.app.edge;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Refuses what is malformed or says that it is too long before anything reads it, and what nobody
 * has read of a body after the answer: of that no more is taken than of any body, and no later.
 */
final class EdgeValve extends ValveBase {

  private final BodySizes sizes;

  EdgeValve(BodySizes sizes) {
    super(true);
    this.sizes = sizes;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
      getNext().invoke(request, response); // Tomcat has refused it already
      return;
    }
    if (request.getContentLengthLong() > sizes.longest(request.getRequestURI())) {
      ContainerProblem.write(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
      close(request);
      return;
    }
    if (RequestTarget.isWellFormed(request)) {
      getNext().invoke(request, response);
    } else {
      ContainerProblem.write(response, HttpServletResponse.SC_BAD_REQUEST);
    }
    if (!request.isAsync() && !isBodyRead(request)) {
      response.finishResponse();
      readRest(request);
    }
  }

  private static boolean isBodyRead(Request request) {
    AtomicBoolean read = new AtomicBoolean();
    request.getCoyoteRequest().action(ActionCode.REQUEST_BODY_FULLY_READ, read);
    return read.get();
  }

  /** A connection that is closed on a client that still sends may lose the answer on its way. */
  private static void readRest(Request request) {
    var forgotten = new Forgotten();
    try {
      while (request.getCoyoteRequest().doRead(forgotten) >= 0) {
        // counted and timed below
      }
    } catch (IOException e) {
      close(request);
    }
  }

  /** And reads nothing further. */
  private static void close(Request request) {
    request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
  }

  /** Has no use for what is read. */
  private static final class Forgotten implements ApplicationBufferHandler {
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return buffer;
    }

    @Override
    public void expand(int size) {
      // Tomcat sets its own buffers
    }
  }
}
