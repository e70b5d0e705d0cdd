package dev.countersign.keycloak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * What Keycloak calls: the users' phone (its "authentication channel"), a client's notification
 * endpoint, and a client's public keys. On 127.0.0.1.
 */
public final class KeycloakPhone implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NO_BODY = -1;

  private final HttpServer server;
  private final ExecutorService executor;
  private final HttpClient http;
  private final List<PhoneRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Ping> pings = new CopyOnWriteArrayList<>();
  private volatile int channelStatus = 201;
  private volatile int pingStatus = 204;
  private volatile JWKSet keys = new JWKSet();

  private KeycloakPhone(HttpServer server, ExecutorService executor, HttpClient http) {
    this.server = server;
    this.executor = executor;
    this.http = http;
  }

  static KeycloakPhone start(SSLContext trust) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
      HttpClient http = HttpClient.newBuilder().sslContext(trust).build();
      KeycloakPhone phone = new KeycloakPhone(server, executor, http);
      server.setExecutor(executor);
      server.createContext("/request", phone::ring);
      server.createContext("/ping", phone::ping);
      server.createContext("/jwks", phone::jwks);
      server.start();
      return phone;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Waits for the newest request with this binding message. */
  public PhoneRequest awaitRequest(String bindingMessage) {
    return awaitNewest(requests, request -> request.text("binding_message").equals(bindingMessage));
  }

  /** How often the phone has rung with this binding message. */
  public long rings(String bindingMessage) {
    return requests.stream()
        .filter(request -> request.text("binding_message").equals(bindingMessage))
        .count();
  }

  /**
   * Tells Keycloak what the user decided; returns its status code. Too early, before Keycloak has
   * answered the client, it is 403.
   */
  public int decide(PhoneRequest request, Decision decision) {
    HttpRequest answer =
        HttpRequest.newBuilder(
                URI.create(
                    issuer(request.token()) + "/protocol/openid-connect/ext/ciba/auth/callback"))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + request.token())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"status\":\"" + decision + "\"}"))
            .build();
    try {
      return http.send(answer, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the newest notification of this request. */
  public Ping awaitPing(String authReqId) {
    return awaitNewest(pings, ping -> ping.body().path("auth_req_id").asText().equals(authReqId));
  }

  /** How the phone answers Keycloak, until the change is closed; 201 is as it should be. */
  public KeycloakAdmin.Change answeringRequests(int status) {
    channelStatus = status;
    return () -> channelStatus = 201;
  }

  /** How notifications are answered, until the change is closed; 204 is as it should be. */
  public KeycloakAdmin.Change answeringPings(int status) {
    pingStatus = status;
    return () -> pingStatus = 204;
  }

  /** Makes the public halves of these known to Keycloak. */
  void publish(JWKSet clientKeys) {
    keys = clientKeys.toPublicJWKSet();
  }

  private static <T> T awaitNewest(List<T> all, Predicate<T> wanted) {
    return Objects.requireNonNull(
        await()
            .atMost(PATIENCE)
            .until(
                () -> all.reversed().stream().filter(wanted).findFirst().orElse(null),
                Objects::nonNull));
  }

  /** The phone answers at the address that asked, of which a Keycloak can have several. */
  private static String issuer(String token) {
    try {
      return Objects.requireNonNull(JWTParser.parse(token).getJWTClaimsSet().getIssuer());
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ring(HttpExchange exchange) throws IOException {
    String token = authorization(exchange).substring("Bearer ".length());
    requests.add(new PhoneRequest(token, body(exchange)));
    answer(exchange, channelStatus);
  }

  private void ping(HttpExchange exchange) throws IOException {
    pings.add(new Ping(authorization(exchange), body(exchange)));
    answer(exchange, pingStatus);
  }

  private void jwks(HttpExchange exchange) throws IOException {
    byte[] json = keys.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, json.length);
    try (exchange) {
      exchange.getResponseBody().write(json);
    }
  }

  private static String authorization(HttpExchange exchange) {
    return Objects.requireNonNull(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    return JSON.readTree(exchange.getRequestBody().readAllBytes());
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, NO_BODY);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
    http.shutdownNow();
  }
}
