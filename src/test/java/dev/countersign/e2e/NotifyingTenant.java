package dev.countersign.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.devservices.tenant.IdentityTenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a provider with ping mode of the development tenant, which has poll mode only: takes its
 * requests for approval in its place, passes them on, and pings when it is told to.
 */
public final class NotifyingTenant implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVERY_TIME = 10_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Request> requests = new ConcurrentHashMap<>();
  private final IdentityTenant tenant;
  private final HttpServer server;
  private volatile @Nullable URI client;
  private volatile boolean pingsEarly;

  /** A request for approval, as the provider knows it. */
  record Request(String token, String authReqId) {}

  private NotifyingTenant(IdentityTenant tenant, HttpServer server) {
    this.tenant = tenant;
    this.server = server;
  }

  /** Call it before the application starts. */
  public static NotifyingTenant before(IdentityTenant tenant) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      NotifyingTenant notifying = new NotifyingTenant(tenant, server);
      server.createContext("/bc-authorize", notifying::ask);
      server.start();
      notifying.advertise();
      return notifying;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the application is notified. */
  public void notifies(String endpoint) {
    client = URI.create(endpoint);
  }

  /** Whether it pings before it answers a request. */
  public void pingsEarly(boolean early) {
    pingsEarly = early;
  }

  /** The newest request with this binding message, as soon as it came. */
  Request awaitRequest(String bindingMessage) {
    return await()
        .atMost(Product.PATIENCE)
        .until(() -> requests.get(bindingMessage), notNullValue());
  }

  /** Pings for the newest request with this binding message, and returns the answer's status. */
  public int ping(String bindingMessage) {
    return ping(Objects.requireNonNull(requests.get(bindingMessage)));
  }

  /** Forgets the tenant's other faults and ends what it holds. */
  public void clearFaults() {
    tenant.faults().clear();
    advertise();
  }

  private void advertise() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(tenant.issuer() + ".well-known/openid-configuration"))
            .build();
    try {
      ObjectNode metadata = (ObjectNode) JSON.readTree(send(request).body());
      metadata.putArray("backchannel_token_delivery_modes_supported").add("ping");
      metadata.put(
          "backchannel_authentication_endpoint",
          "http://localhost:" + server.getAddress().getPort() + "/bc-authorize");
      tenant
          .faults()
          .next(
              "discovery",
              EVERY_TIME,
              new Fault.Answer(
                  200, metadata.toString(), Map.of("Content-Type", "application/json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ask(HttpExchange exchange) throws IOException {
    try (exchange) {
      String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(URI.create(tenant.issuer() + "bc-authorize"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form))
                  .build());
      if (answer.statusCode() == 200) {
        Request request =
            new Request(
                field(form, "client_notification_token"),
                JSON.readTree(answer.body()).path("auth_req_id").asText());
        requests.put(field(form, "binding_message"), request);
        if (pingsEarly) {
          ping(request);
        }
      }
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.statusCode(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private int ping(Request request) {
    ObjectNode body = JSON.createObjectNode().put("auth_req_id", request.authReqId());
    return send(HttpRequest.newBuilder(Objects.requireNonNull(client))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + request.token())
            .POST(BodyPublishers.ofString(body.toString()))
            .build())
        .statusCode();
  }

  private static String field(String form, String name) {
    return Arrays.stream(form.split("&"))
        .filter(field -> field.startsWith(name + "="))
        .map(field -> URLDecoder.decode(field.substring(name.length() + 1), UTF_8))
        .findFirst()
        .orElseThrow(() -> new AssertionError("The request has no " + name));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
