package dev.countersign.devservices.loopback;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets a servlet filter close the connection: the servlet API can't, and hides Tomcat's request.
 */
final class ConnectionCloser extends ValveBase {
  private static final String ATTRIBUTE = ConnectionCloser.class.getName();

  ConnectionCloser() {
    super(true);
  }

  /** Ends the connection of this request; nothing of the answer is sent. */
  static void close(ServletRequest request) {
    ((Runnable) request.getAttribute(ATTRIBUTE)).run();
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    Runnable close = () -> request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, null);
    request.setAttribute(ATTRIBUTE, close);
    getNext().invoke(request, response);
  }
}
