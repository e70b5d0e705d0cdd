package dev.countersign.devservices.loopback;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Answers 403 to whoever calls this machine by a foreign name: to a browser, a page whose name
 * resolves to 127.0.0.1 all of a sudden (DNS rebinding) is of the same origin as this server.
 */
final class HostCheck extends ValveBase {
  private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "[::1]");

  HostCheck() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (OWN.contains(request.getServerName().toLowerCase(Locale.ROOT))) {
      getNext().invoke(request, response);
      return;
    }
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    response.setContentType("text/plain");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response
        .getWriter()
        .println("This server answers on this machine only: to localhost, 127.0.0.1 and [::1].");
  }
}
