package com.example.bank;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bank's ledger, which goes on when the bank dies. It books once for an {@code
 * Idempotency-Key}, and only for a token with the scope {@code transfer:create}; and it tells which
 * requests it got.
 */
final class Ledger {
  private static final String RETRY_AFTER_SECONDS = "10";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final JwtDecoder tokens;
  private final List<Booking> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Booking> bookings = new ConcurrentHashMap<>();
  private final Set<String> closed = ConcurrentHashMap.newKeySet();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

  /** What was to be booked, or is. */
  record Booking(String key, BigDecimal amount, String iban) {}

  /** Answers on a free port of this machine, until the JVM ends. */
  Ledger(JwtDecoder tokens) {
    this.tokens = tokens;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/bookings", this::book);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** From now on it books nothing for this account, and says so. */
  void close(String iban) {
    closed.add(iban);
  }

  /** From now on it books for this account, and doesn't answer. */
  void holdAnswers(String iban) {
    held.put(iban, new CountDownLatch(1));
  }

  /** Undoes {@link #close} and {@link #holdAnswers}. */
  void open() {
    closed.clear();
    held.values().forEach(CountDownLatch::countDown);
    held.clear();
  }

  /** The requests to book for this account, oldest first. */
  List<Booking> requests(String iban) {
    return of(iban, requests);
  }

  /** What is booked for this account. */
  List<Booking> bookings(String iban) {
    return of(iban, bookings.values());
  }

  private static List<Booking> of(String iban, Collection<Booking> some) {
    return some.stream().filter(booking -> booking.iban().equals(iban)).toList();
  }

  private void book(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status(exchange), -1);
    }
  }

  private int status(HttpExchange exchange) throws IOException {
    if (!isAllowed(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return 403;
    }
    Bank.Booking wanted = JSON.readValue(exchange.getRequestBody(), Bank.Booking.class);
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    Booking booking = new Booking(key, wanted.amount(), wanted.iban());
    if (closed.contains(booking.iban())) {
      requests.add(booking);
      exchange.getResponseHeaders().set("Retry-After", RETRY_AFTER_SECONDS);
      return 503;
    }
    bookings.putIfAbsent(key, booking);
    requests.add(booking);
    awaitOpen(booking.iban());
    return 201;
  }

  private boolean isAllowed(String authorization) {
    try {
      return tokens
          .decode(authorization.replaceFirst("^Bearer ", ""))
          .getClaimAsString("scope")
          .contains("transfer:create");
    } catch (JwtException e) {
      return false;
    }
  }

  private void awaitOpen(String iban) {
    try {
      CountDownLatch latch = held.get(iban);
      if (latch != null) {
        latch.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
