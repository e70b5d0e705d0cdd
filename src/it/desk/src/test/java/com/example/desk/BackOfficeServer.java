package com.example.desk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.devservices.tenant.IdentityTenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;
import tools.jackson.databind.json.JsonMapper;

/** The back office, which goes on when the desk dies, and tells which requests it got. */
final class BackOfficeServer {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final JwtDecoder tokens;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /**
   * A request with a valid token.
   *
   * @param scope what the token is for, beside {@code openid}
   */
  record Request(String key, String scope, String what) {}

  /**
   * Answers on this machine, until the JVM ends.
   *
   * @param address its port counts; 0: a free one
   * @param tenant has given the tokens
   */
  BackOfficeServer(URI address, IdentityTenant tenant) {
    tokens = JwtDecoders.fromIssuerLocation(tenant.issuer());
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/deeds", this::order);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** The requests to do this, oldest first. */
  List<Request> requests(String what) {
    return requests.stream().filter(request -> request.what().equals(what)).toList();
  }

  private void order(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status(exchange), -1);
    }
  }

  private int status(HttpExchange exchange) throws IOException {
    String authorization =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
    String scope;
    try {
      scope = tokens.decode(authorization.replaceFirst("^Bearer ", "")).getClaimAsString("scope");
    } catch (JwtException e) {
      return 401;
    }
    requests.add(
        new Request(
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            Stream.of(scope.split(" "))
                .filter(each -> !each.equals("openid"))
                .collect(Collectors.joining(" ")),
            JSON.readValue(exchange.getRequestBody(), BackOffice.Deed.class).what()));
    return 201;
  }
}
