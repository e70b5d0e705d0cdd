package dev.countersign.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An identity provider, as far as a start asks for one: it says where its endpoints are. */
final class StandInIssuer implements AutoCloseable {
  private static final String DOCUMENT =
      """
      {"issuer": "%1$s",
       "authorization_endpoint": "%1$sauthorize",
       "token_endpoint": "%1$stoken",
       "jwks_uri": "%1$skeys",
       "end_session_endpoint": "%1$slogout",
       "backchannel_authentication_endpoint": "%1$sbc-authorize",
       "backchannel_token_delivery_modes_supported": ["poll"],
       "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
       "grant_types_supported": ["authorization_code", "urn:openid:params:grant-type:ciba"],
       "response_types_supported": ["code"],
       "subject_types_supported": ["public"],
       "code_challenge_methods_supported": ["S256"],
       "id_token_signing_alg_values_supported": ["RS256"],
       "scopes_supported": ["openid"]}
      """;

  private final HttpServer server;

  StandInIssuer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** With a slash at its end. */
  String address() {
    return "http://localhost:" + server.getAddress().getPort() + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = path.endsWith("configuration") ? DOCUMENT.formatted(address()) : "{\"keys\": []}";
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
