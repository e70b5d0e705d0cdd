package dev.countersign.keycloak;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The process. It writes to {@code target/keycloak/keycloak.log}. */
final class KeycloakServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3); // 15 to 80 s were seen
  private static final Duration END = Duration.ofSeconds(20);
  private static final Set<String> KEPT = Set.of("PATH", "HOME", "LANG", "TMPDIR");

  private final Process process;

  private KeycloakServer(Process process) {
    this.process = process;
  }

  /** Returns when the realm answers. */
  static KeycloakServer start(Path home, int port, int tlsPort, String phone) {
    Path log = home.resolveSibling("keycloak.log");
    ProcessBuilder builder =
        new ProcessBuilder(command(home, port, tlsPort, phone))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(KEPT);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakAdmin.USER);
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakAdmin.PASSWORD);
    environment.put("PHONE", phone); // the realm names it
    KeycloakServer server = new KeycloakServer(launch(builder));
    Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
    try {
      server.awaitRealm("http://127.0.0.1:" + port + "/realms/" + Keycloak.REALM, log);
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static List<String> command(Path home, int port, int tlsPort, String phone) {
    Path data = home.resolve("data");
    return List.of(
        home.resolve("bin/kc.sh").toString(),
        "start-dev",
        "--db=dev-mem",
        "--import-realm",
        "--http-host=127.0.0.1",
        "--http-port=" + port,
        "--https-port=" + tlsPort,
        "--https-certificate-file=" + data.resolve(KeycloakCertificates.SERVER),
        "--https-certificate-key-file=" + data.resolve(KeycloakCertificates.SERVER_KEY),
        "--https-client-auth=request",
        "--https-trust-store-file=" + data.resolve(KeycloakCertificates.TRUST_STORE),
        "--https-trust-store-password=" + KeycloakCertificates.TRUST_STORE_PASSWORD,
        "--spi-ciba-auth-channel--ciba-http-auth-channel--http-authentication-channel-uri="
            + phone
            + "/request");
  }

  private static Process launch(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitRealm(String issuer, Path log) {
    HttpRequest discovery =
        HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      await("Keycloak's realm, see " + log)
          .atMost(START)
          .pollInterval(Duration.ofMillis(250))
          .failFast("Keycloak ended, see " + log, () -> !process.isAlive())
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() ->
              http.send(discovery, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
    }
  }

  /** The script first, so that it starts nothing more; the JVM that it started survives that. */
  private void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    kill();
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("Keycloak, process " + process.pid() + ", doesn't end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
