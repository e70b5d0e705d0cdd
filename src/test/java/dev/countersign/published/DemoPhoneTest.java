package dev.countersign.published;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.devservices.loopback.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The phones of the demo of {@code docker-compose.yml}, with Keycloak's part played by the test.
 */
class DemoPhoneTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final int port = FreePort.next();
  private volatile int keycloaksAnswer = 200;

  @SuppressWarnings("NullAway.Init")
  private HttpServer keycloak;

  @SuppressWarnings("NullAway.Init")
  private Process phone;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Files.isExecutable(PYTHON), "there is no " + PYTHON);
    keycloak = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keycloak.createContext(
        "/realms/demo/protocol/openid-connect/ext/ciba/auth/callback",
        exchange -> {
          try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            told.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            exchange.sendResponseHeaders(keycloaksAnswer, -1);
          }
        });
    keycloak.start();
    ProcessBuilder command =
        new ProcessBuilder(PYTHON.toString(), "-B", "deploy/demo/phone.py")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    command.environment().put("HOST", "127.0.0.1");
    command.environment().put("PORT", Integer.toString(port));
    command.environment().put("KEYCLOAK", "http://127.0.0.1:" + keycloak.getAddress().getPort());
    command.environment().put("ASSETS", "src/test/resources/devservices");
    phone = command.start();
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> get("/phone?user=alice").statusCode() == 200);
  }

  @AfterEach
  void stop() {
    if (phone != null) {
      phone.destroyForcibly();
      keycloak.stop(0);
    }
    http.shutdownNow();
  }

  @Test
  void tellsAnAnswerOnceAndNoSecondOne() throws Exception {
    String token = ring("alice", "Do_you_want_to_buy_2_headphones", PATIENCE);

    assertThat(list("bob")).isEmpty();
    assertThat(list("alice").path(0).path("bindingMessage").asText())
        .isEqualTo("Do_you_want_to_buy_2_headphones");
    String id = list("alice").path(0).path("id").asText();

    assertThat(press(id, "approve", "same-origin")).isEqualTo(204);
    assertThat(press(id, "deny", "same-origin")).isEqualTo(409);
    assertThat(told).containsExactly("Bearer " + token + " {\"status\": \"SUCCEED\"}");
    assertThat(list("alice").path(0).path("status").asText()).isEqualTo("approved");
    assertThat(get("/phone/requests?user=alice").body()).doesNotContain(token);
  }

  @Test
  void isPressedByItsOwnPageOnly() throws Exception {
    var _ = ring("alice", "Do_you_want_to_buy_3_lamps", PATIENCE);
    String id = list("alice").path(0).path("id").asText();

    assertThat(press(id, "approve", "cross-site")).isEqualTo(403);
    assertThat(press("another", "approve", "same-origin")).isEqualTo(404);
    assertThat(told).isEmpty();
  }

  /** As by a name that somebody has pointed at this machine. */
  @Test
  void isReachedByNamesOfThisMachineOnly() throws Exception {
    var _ = ring("alice", "Do_you_want_to_buy_6_mirrors", PATIENCE);
    String id = list("alice").path(0).path("id").asText();

    assertThat(answerTo("GET /phone/requests?user=alice", "evil.example:9000")).contains(" 421 ");
    assertThat(answerTo("POST /phone/requests/" + id + "/approve", "evil.example:9000"))
        .contains(" 403 ");
    assertThat(answerTo("GET /phone/requests?user=alice", "[::1]:9000")).contains(" 200 ");
    assertThat(told).isEmpty();
  }

  private String answerTo(String request, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write((request + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(UTF_8));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }
  }

  @Test
  void canBePressedAgainWhereKeycloakDidNotTakeIt() throws Exception {
    var _ = ring("alice", "Do_you_want_to_buy_4_candles", PATIENCE);
    String id = list("alice").path(0).path("id").asText();

    keycloaksAnswer = 403;
    assertThat(press(id, "deny", "same-origin")).isEqualTo(502);
    keycloaksAnswer = 200;
    assertThat(press(id, "deny", "same-origin")).isEqualTo(204);
    assertThat(told.getLast()).endsWith("{\"status\": \"UNAUTHORIZED\"}");
  }

  @Test
  void answersNothingThatIsOver() throws Exception {
    var _ = ring("alice", "Do_you_want_to_buy_5_chairs", PATIENCE.negated());
    String id = list("alice").path(0).path("id").asText();

    assertThat(list("alice").path(0).path("status").asText()).isEqualTo("expired");
    assertThat(press(id, "approve", "same-origin")).isEqualTo(409);
  }

  /** The file that users copy names the client and the issuer of the realm that is imported. */
  @Test
  void itsSettingsAreThoseOfItsRealm() throws IOException {
    List<String> settings = Files.readAllLines(Path.of("deploy/demo/demo.env"));
    JsonNode realm = JSON.readTree(Files.readString(Path.of("deploy/demo/realm.json")));
    JsonNode client = realm.at("/clients/0");

    assertThat(settings)
        .contains(
            "OIDC_ISSUER=https://keycloak.localhost:8443/realms/" + realm.path("realm").asText(),
            "CLIENT_ID=" + client.path("clientId").asText(),
            "CLIENT_SECRET=" + client.path("secret").asText());
    assertThat(Files.readString(Path.of("docker-compose.yml")))
        .contains("--hostname=https://keycloak.localhost:8443");
    assertThat(client.at("/redirectUris/0").asText()).endsWith("/login/oauth2/code/countersign");
  }

  private String ring(String user, String message, Duration within)
      throws IOException, InterruptedException {
    String claims =
        "{\"iss\": \"https://keycloak.localhost:8443/realms/demo\", \"exp\": %d}"
            .formatted(Instant.now().plus(within).getEpochSecond());
    String token =
        "e30."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
            + ".";
    HttpRequest request =
        request("/request")
            .header("Authorization", "Bearer " + token)
            .POST(
                BodyPublishers.ofString(
                    "{\"login_hint\": \"%s\", \"binding_message\": \"%s\"}"
                        .formatted(user, message)))
            .build();
    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
    return token;
  }

  private JsonNode list(String user) throws IOException, InterruptedException {
    return JSON.readTree(get("/phone/requests?user=" + user).body());
  }

  private int press(String id, String button, String site)
      throws IOException, InterruptedException {
    HttpRequest request =
        request("/phone/requests/" + id + "/" + button)
            .header("Sec-Fetch-Site", site)
            .POST(BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }
}
