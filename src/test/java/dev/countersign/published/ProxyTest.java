package dev.countersign.published;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.devservices.loopback.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the proxy of {@code docker-compose.yml} makes of requests and answers. Needs nginx; where
 * {@code CI} is {@code true} it has to be there.
 */
@Timeout(60)
class ProxyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private HttpServer application;

  @BeforeAll
  static void needsNginx() {
    boolean there = Nginx.binary().isPresent();
    assertThat(there || !"true".equals(System.getenv("CI"))).as("nginx is installed").isTrue();
    assumeTrue(there, "nginx is not installed");
  }

  @BeforeEach
  void startApplication() throws IOException {
    application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    application.setExecutor(threads);
    application.start();
  }

  @AfterEach
  void stopApplication() {
    application.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }

  /**
   * The application says nothing here of buffering, as it does in real, nor where an event ends:
   * one of these would do.
   */
  @Test
  void passesEachEventOnAsItComes() throws Exception {
    Semaphore read = new Semaphore(0);
    try (ServerSocket replica = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Nginx nginx = Nginx.start(folder, replica.getLocalPort())) {
      var _ = threads.submit(() -> stream(replica, read));
      try (InputStream answer =
              get(nginx, "/api/chat/c-1/events", BodyHandlers.ofInputStream()).body();
          BufferedReader lines = new BufferedReader(new InputStreamReader(answer, UTF_8))) {
        for (int event = 1; event <= 3; event++) {
          assertThat(lines.readLine()).isEqualTo("data: " + event);
          assertThat(lines.readLine()).isEmpty();
          read.release();
        }
      }
    }
  }

  /** One event, and the next only when that has arrived. */
  private static boolean stream(ServerSocket replica, Semaphore read) throws Exception {
    try (Socket viewer = replica.accept()) {
      var request = new BufferedReader(new InputStreamReader(viewer.getInputStream(), UTF_8));
      String line = request.readLine();
      while (line != null && !line.isEmpty()) {
        line = request.readLine();
      }
      write(
          viewer,
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
      for (int event = 1; event <= 3; event++) {
        write(viewer, "data: " + event + "\n\n");
        assertThat(read.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      }
    }
    return true;
  }

  private static void write(Socket viewer, String text) throws IOException {
    viewer.getOutputStream().write(text.getBytes(UTF_8));
  }

  @Test
  void tellsItselfWhereARequestComesFromWhateverTheClientSays() throws Exception {
    SynchronousQueue<Headers> seen = new SynchronousQueue<>();
    application.createContext("/", exchange -> answer(exchange, seen));

    try (Nginx nginx = proxy()) {
      var _ =
          client.sendAsync(
              request(nginx, "/")
                  .header("Forwarded", "for=203.0.113.7;host=evil.example;proto=https")
                  .header("X-Forwarded-For", "203.0.113.7")
                  .header("X-Forwarded-Host", "evil.example")
                  .header("X-Forwarded-Proto", "https")
                  .header("X-Forwarded-Port", "444")
                  .header("X-Forwarded-Prefix", "/evil")
                  .header("X-Forwarded-Ssl", "on")
                  .build(),
              BodyHandlers.discarding());
      Headers headers = seen.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      assertThat(headers).isNotNull();
      assertThat(headers.getFirst("X-Forwarded-For")).isEqualTo("127.0.0.1");
      assertThat(headers.getFirst("X-Forwarded-Proto")).isEqualTo("http");
      assertThat("http://" + headers.getFirst("X-Forwarded-Host")).isEqualTo(nginx.url());
      assertThat("http://" + headers.getFirst("Host")).isEqualTo(nginx.url());
      assertThat(headers)
          .doesNotContainKeys(
              "Forwarded", "X-forwarded-port", "X-forwarded-prefix", "X-forwarded-ssl");
    }
  }

  private static void answer(HttpExchange exchange, SynchronousQueue<Headers> seen)
      throws IOException {
    try (exchange) {
      seen.put(exchange.getRequestHeaders());
      exchange.sendResponseHeaders(204, -1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sealed sessions are cookies, of some kilobytes each. */
  @Test
  void letsLargeCookiesThroughBothWays() throws Exception {
    String large = "a=" + "x".repeat(12_000);
    application.createContext(
        "/",
        exchange -> {
          try (exchange) {
            boolean whole = large.equals(exchange.getRequestHeaders().getFirst("Cookie"));
            exchange.getResponseHeaders().add("Set-Cookie", large);
            exchange.getResponseHeaders().add("Set-Cookie", large.replace("a=", "b="));
            exchange.sendResponseHeaders(whole ? 204 : 400, -1);
          }
        });

    try (Nginx nginx = proxy()) {
      HttpResponse<Void> answer =
          client.send(
              request(nginx, "/").header("Cookie", large).build(), BodyHandlers.discarding());

      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.headers().allValues("Set-Cookie")).hasSize(2).contains(large);
    }
  }

  @Test
  void asksAnotherReplicaWhereOneIsDown() throws Exception {
    application.createContext("/api/purchases", exchange -> answer(exchange, 202));
    int nobody = FreePort.next();

    try (Nginx nginx = Nginx.start(folder, nobody, application.getAddress().getPort())) {
      for (int i = 0; i < 4; i++) {
        assertThat(post(nginx, "/api/purchases")).isEqualTo(202);
      }
    }
  }

  /** It may have taken it. */
  @Test
  void sendsNothingASecondTimeThatAReplicaWasGiven() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    application.createContext(
        "/api/purchases",
        exchange -> {
          calls.incrementAndGet();
          exchange.getHttpContext().getServer().removeContext("/api/purchases");
          throw new IOException("The connection breaks");
        });
    application.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          answer(exchange, 202);
        });
    int port = application.getAddress().getPort();

    try (Nginx nginx = Nginx.start(folder, port, port)) {
      assertThat(post(nginx, "/api/purchases")).isEqualTo(502);
      assertThat(calls).hasValue(1);
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private Nginx proxy() throws IOException {
    return Nginx.start(folder, application.getAddress().getPort());
  }

  private static HttpRequest.Builder request(Nginx nginx, String path) {
    return HttpRequest.newBuilder(URI.create(nginx.url() + path)).timeout(PATIENCE);
  }

  private <T> HttpResponse<T> get(Nginx nginx, String path, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return client.send(request(nginx, path).build(), handler);
  }

  private int post(Nginx nginx, String path) throws IOException, InterruptedException {
    return client
        .send(
            request(nginx, path).POST(BodyPublishers.ofString("{}")).build(),
            BodyHandlers.discarding())
        .statusCode();
  }
}
