package dev.countersign.training;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts the packed application beside stand-ins, which need no network, until it is ready and has
 * answered; as it ends, Java writes what it has loaded, linked and profiled. The argument is the
 * folder in which {@code countersign.jar}, {@code java.options} and the cache, {@code
 * countersign.aot}, are at run time: a cache is good for the very same files and the very same
 * Java.
 */
public final class Training {
  private static final Duration PATIENCE = Duration.ofMinutes(3); // seconds, where nothing emulates
  private static final String KEY = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="; // for nothing

  /**
   * Methods that the second compiler has compiled in training it compiles at once at run time, on
   * the few processors that the start needs. Trained with the first one alone, it comes when they
   * have shown to be hot.
   */
  private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port = freePort();
  private final int managementPort = freePort();

  private Training() throws IOException {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    new Training().run(Path.of(arguments[0]).toAbsolutePath());
  }

  private void run(Path folder) throws IOException, InterruptedException {
    Path cache = folder.resolve("countersign.aot");
    try (StandInIssuer issuer = new StandInIssuer();
        StandInTemporal temporal = new StandInTemporal()) {
      ProcessBuilder java =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "@" + folder.resolve("java.options"),
                  FIRST_COMPILER,
                  "-XX:AOTCacheOutput=" + cache,
                  "-Xlog:aot=off", // a line for each class that it leaves out
                  "-jar",
                  folder.resolve("countersign.jar").toString())
              .inheritIO();
      java.environment().clear();
      java.environment().putAll(settings(issuer, temporal));
      Process application = java.start();
      try {
        awaitReady(application);
        exercise();
        application.destroy();
        if (!application.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            || !Files.isRegularFile(cache)) {
          throw new IllegalStateException("Java has not written " + cache);
        }
      } finally {
        application.destroyForcibly();
      }
    }
  }

  private Map<String, String> settings(StandInIssuer issuer, StandInTemporal temporal) {
    return Map.ofEntries(
        Map.entry("TEMPORAL_ADDRESS", temporal.address()),
        Map.entry("OIDC_ISSUER", issuer.address()),
        Map.entry("CLIENT_ID", "training"),
        Map.entry("CLIENT_SECRET", "training"),
        Map.entry("AUDIENCE", issuer.address() + "orders"),
        Map.entry("SHOP_API_URL", issuer.address() + "orders"),
        Map.entry("OPENAI_BASE_URL", issuer.address() + "v1"),
        Map.entry("COUNTERSIGN_KEYS", "k1:" + KEY),
        Map.entry("COUNTERSIGN_GUARD_USERKEY", KEY),
        Map.entry("COUNTERSIGN_TEMPORAL_PAYLOADS_MODE", "sealed"),
        Map.entry("SERVER_PORT", Integer.toString(port)),
        Map.entry("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort)));
  }

  private void awaitReady(Process application) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (status(managementPort, "/actuator/health/readiness") != 200) {
      if (!application.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("The application didn't become ready");
      }
      Thread.sleep(100);
    }
  }

  /** What is asked of it first: the page, the API without and with a bad token, and metrics. */
  private void exercise() throws InterruptedException {
    for (String path : List.of("/", "/main.js", "/api/session", "/api/chat", "/api/purchases")) {
      var _ = status(port, path);
    }
    for (String path : List.of("/actuator/health", "/actuator/prometheus")) {
      var _ = status(managementPort, path);
    }
  }

  /** 0: no answer. */
  private int status(int port, String path) throws InterruptedException {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .header("Authorization", "Bearer none")
                  .timeout(Duration.ofSeconds(20))
                  .build(),
              BodyHandlers.ofString())
          .statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
