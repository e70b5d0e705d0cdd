package dev.countersign.devservices.shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST} and {@code GET /api/orders}. */
final class OrdersServlet extends HttpServlet {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final transient OrderBook book;
  private final transient TokenCheck tokens;

  OrdersServlet(OrderBook book, TokenCheck tokens) {
    this.book = book;
    this.tokens = tokens;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      write(response, 201, "application/json", order(request));
    } catch (Problem e) {
      if (e.status() == 401) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      }
      write(
          response,
          e.status(),
          "application/problem+json",
          Map.of("status", e.status(), "detail", String.valueOf(e.getMessage())));
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    write(response, 200, "application/json", book.orders());
  }

  private PlacedOrder order(HttpServletRequest request) throws IOException, Problem {
    Buyer buyer = tokens.buyer(request.getHeader(HttpHeaders.AUTHORIZATION));
    return book.place(form(request).checked(), buyer, request.getHeader("Idempotency-Key"))
        .orElseThrow(
            () -> new Problem(422, "The Idempotency-Key was already used for another order."));
  }

  private static OrderForm form(HttpServletRequest request) throws IOException, Problem {
    try {
      return JSON.readValue(request.getInputStream(), OrderForm.class);
    } catch (JacksonException e) {
      throw new Problem(400, "The body is not the JSON of an order.");
    }
  }

  private static void write(HttpServletResponse response, int status, String type, Object body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.getOutputStream().write(JSON.writeValueAsBytes(body));
  }
}
