package com.example.bank;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.devservices.tenant.IdentityTenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for the bank's core system, and goes on when the bank dies. It wants a token with the
 * scope of what it is told to do, except for small transfers; transfers once for an {@code
 * Idempotency-Key}; and remembers what it was told.
 */
final class CoreSystem {
  private static final BigDecimal SMALL = new BigDecimal("30");
  private static final String RETRY_AFTER_SECONDS = "10";
  private static final Map<String, String> SCOPES =
      Map.of("POST", "transfer:create", "PUT", "card:limit", "DELETE", "account:close");
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final JwtDecoder tokens;
  private final List<Order> orders = new CopyOnWriteArrayList<>();
  private final List<Order> done = new CopyOnWriteArrayList<>();
  private final Set<String> closed = ConcurrentHashMap.newKeySet();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

  /**
   * What it was told to do.
   *
   * @param path such as {@code /transfers/DE01}
   * @param body JSON
   */
  record Order(String key, String path, String body) {}

  /**
   * Answers on this machine, until the JVM ends.
   *
   * @param address its port counts; 0: a free one
   * @param tenant has given the tokens
   */
  CoreSystem(URI address, IdentityTenant tenant) {
    tokens = JwtDecoders.fromIssuerLocation(tenant.issuer());
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** From now on it does nothing there, and says so. */
  void close(String path) {
    closed.add(path);
  }

  /** From now on it does what it is told there, and doesn't answer. */
  void holdAnswers(String path) {
    held.put(path, new CountDownLatch(1));
  }

  /** Undoes {@link #close} and {@link #holdAnswers}. */
  void open() {
    closed.clear();
    held.values().forEach(CountDownLatch::countDown);
    held.clear();
  }

  /** What it was told to do there, oldest first. */
  List<Order> orders(String path) {
    return orders.stream().filter(order -> order.path().equals(path)).toList();
  }

  /** What it has done there, oldest first. */
  List<Order> done(String path) {
    return done.stream().filter(order -> order.path().equals(path)).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean asks = exchange.getRequestMethod().equals("GET");
      exchange.sendResponseHeaders(asks ? lookedUp(exchange) : ordered(exchange), -1);
    }
  }

  private int lookedUp(HttpExchange exchange) {
    String key = exchange.getRequestURI().getPath().replaceFirst("^/orders/", "");
    return hasDone(key) ? 200 : 404;
  }

  private int ordered(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes());
    if (!isAllowed(exchange, body)) {
      return 403;
    }
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    Order order = new Order(key, exchange.getRequestURI().getPath(), body);
    if (closed.contains(order.path())) {
      orders.add(order);
      exchange.getResponseHeaders().set("Retry-After", RETRY_AFTER_SECONDS);
      return 503;
    }
    synchronized (done) {
      if (!exchange.getRequestMethod().equals("POST") || !hasDone(key)) {
        done.add(order);
      }
    }
    orders.add(order);
    awaitOpen(order.path());
    return 201;
  }

  private boolean hasDone(String key) {
    return done.stream().anyMatch(order -> order.key().equals(key));
  }

  private boolean isAllowed(HttpExchange exchange, String body) {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization == null) {
      JsonNode amount = JSON.readTree(body).path("amount");
      return amount.isNumber() && amount.decimalValue().compareTo(SMALL) <= 0;
    }
    try {
      String scope =
          tokens.decode(authorization.replaceFirst("^Bearer ", "")).getClaimAsString("scope");
      return List.of(scope.split(" ")).contains(SCOPES.get(exchange.getRequestMethod()));
    } catch (JwtException _) {
      return false;
    }
  }

  private void awaitOpen(String path) {
    try {
      CountDownLatch latch = held.get(path);
      if (latch != null) {
        latch.await();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
