package dev.countersign.devservices.loopback;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Orders faults from another process: {@code POST /dev/faults} with {@code
 * {"endpoint":"token","times":2,"fault":{"type":"reset"}}}; {@code DELETE} clears them.
 */
final class FaultsServlet extends HttpServlet {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final transient Faults faults;

  FaultsServlet(Faults faults) {
    this.faults = faults;
  }

  private record Order(String endpoint, int times, Fault fault) {}

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      Order order = JSON.readValue(request.getInputStream(), Order.class);
      faults.next(order.endpoint, order.times, order.fault);
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } catch (JacksonException | IllegalArgumentException e) {
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      response.setContentType("text/plain;charset=UTF-8");
      response.getWriter().write(String.valueOf(e.getMessage()));
    }
  }

  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
    faults.clear();
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
