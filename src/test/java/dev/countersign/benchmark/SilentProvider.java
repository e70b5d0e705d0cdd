package dev.countersign.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CIBA provider whose users never answer. It keeps its connections open, as providers do; the
 * development tenant's server closes one after each answer of status 400, which every poll gets.
 */
final class SilentProvider implements AutoCloseable {
  private static final String PENDING = "{\"error\":\"authorization_pending\"}";
  private static final Pattern ID = Pattern.compile("auth_req_id=[^&]+");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration interval;
  private final Duration life;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong polls = new AtomicLong();

  /** When each request was polled last, by its id. */
  private final Map<String, Long> polled = new ConcurrentHashMap<>();

  private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

  private SilentProvider(HttpServer server, Duration interval, Duration life) {
    this.server = server;
    this.interval = interval;
    this.life = life;
  }

  /**
   * Starts it on a free port.
   *
   * @param interval between two polls, in whole seconds
   * @param life of a request, in whole seconds
   */
  static SilentProvider start(Duration interval, Duration life) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
      SilentProvider provider = new SilentProvider(server, interval, life);
      server.setExecutor(provider.threads);
      server.createContext("/.well-known/openid-configuration", provider::describe);
      server.createContext("/bc-authorize", provider::ask);
      server.createContext("/token", provider::poll);
      server.start();
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With it the application has its users asked here. */
  Map<String, String> settings() {
    return Map.of(
        "CIBA_PROFILE", "generic",
        "CIBA_ISSUER", issuer(),
        "CIBA_CLIENT_ID", "benchmark",
        "CIBA_CLIENT_SECRET", "of-the-benchmark",
        "CIBA_CLIENT_AUTHENTICATION", "client_secret_post",
        "CIBA_USER_CLAIM", "sub",
        "CIBA_LOGIN_HINT", "{sub}");
  }

  /** How often it was polled, for all requests together. */
  long polls() {
    return polls.get();
  }

  /** From now on counts for {@link #longestGap}. */
  void watch() {
    longest.reset();
  }

  /** The longest time between two polls of one request that ended since, or goes on. */
  Duration longestGap() {
    long now = System.nanoTime();
    long open = polled.values().stream().mapToLong(last -> now - last).max().orElse(0);
    return Duration.ofNanos(Math.max(open, longest.get()));
  }

  private String issuer() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void describe(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        200,
        """
        {"issuer":"%1$s","backchannel_authentication_endpoint":"%1$s/bc-authorize",
         "token_endpoint":"%1$s/token","jwks_uri":"%1$s/keys",
         "token_endpoint_auth_methods_supported":["client_secret_post"],
         "grant_types_supported":["urn:openid:params:grant-type:ciba"],
         "backchannel_token_delivery_modes_supported":["poll","ping"]}\
        """
            .formatted(issuer()));
  }

  private void ask(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    answer(
        exchange,
        200,
        "{\"auth_req_id\":\"request-%d\",\"expires_in\":%d,\"interval\":%d}"
            .formatted(asked.incrementAndGet(), life.toSeconds(), interval.toSeconds()));
  }

  private void poll(HttpExchange exchange) throws IOException {
    Matcher id = ID.matcher(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    polls.incrementAndGet();
    if (id.find()) {
      long now = System.nanoTime();
      Long before = polled.put(id.group(), now);
      if (before != null) {
        longest.accumulate(now - before);
      }
    }
    answer(exchange, 400, PENDING);
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
