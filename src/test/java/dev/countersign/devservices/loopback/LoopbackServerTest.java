package dev.countersign.devservices.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.devservices.shop.DemoShop;
import dev.countersign.devservices.shop.ShopSettings;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;

class LoopbackServerTest {
  private static final List<String> OF_A_SERVER =
      List.of("catalina.", "tomcat.", "java.naming.", "java.protocol.", "jdk.tls.", "spring.");

  private static final List<String> THREADS_OF_A_SERVER =
      List.of("Catalina-utility-", "container-", "http-nio-127.0.0.1-");

  @Test
  void applicationsScanFindsNothingOfTheServices() {
    var scan = new ClassPathScanningCandidateComponentProvider(true);
    assertThat(scan.findCandidateComponents("dev.countersign.devservices.loopback")).isEmpty();
    assertThat(scan.findCandidateComponents("dev.countersign.devservices.tenant")).isEmpty();
    assertThat(scan.findCandidateComponents("dev.countersign.devservices.shop")).isEmpty();
  }

  @Test
  void processIsLeftAsItWas() {
    Map<Object, Object> properties = propertiesThatAServerCouldSet();
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    try (IdentityTenant tenant = IdentityTenant.start(TenantSettings.on(0, null));
        DemoShop shop = DemoShop.start(ShopSettings.of(tenant.issuer()))) {
      assertThat(shop.port()).isNotEqualTo(tenant.port());
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !threads.contains(thread) && isOfAServer(thread))
          .allMatch(Thread::isDaemon);
    }
    assertThat(propertiesThatAServerCouldSet()).isEqualTo(properties);
  }

  /** Other tests of this process set others meanwhile. */
  private static Map<Object, Object> propertiesThatAServerCouldSet() {
    Map<Object, Object> properties = new HashMap<>(System.getProperties());
    properties
        .keySet()
        .removeIf(name -> OF_A_SERVER.stream().noneMatch(name.toString()::startsWith));
    return properties;
  }

  private static boolean isOfAServer(Thread thread) {
    return THREADS_OF_A_SERVER.stream().anyMatch(thread.getName()::startsWith);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:1", "LOCALHOST", "127.0.0.1", "127.0.0.1:1", "[::1]:1"})
  void answersToTheNamesOfThisMachine(String host) throws IOException {
    try (LoopbackServer server = server()) {
      assertThat(statusLine(server, host)).startsWith("HTTP/1.1 404");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.0.1",
        "[::2]"
      })
  void refusesThoseWhoCallItByAForeignName(String host) throws IOException {
    try (LoopbackServer server = server()) {
      assertThat(statusLine(server, host)).startsWith("HTTP/1.1 403");
    }
  }

  private static LoopbackServer server() {
    return LoopbackServer.start(
        new LoopbackServer.Address("demo shop", 0, "SHOP_PORT"),
        new Faults(Set.of()),
        Map.of(),
        (_, _) -> {});
  }

  private static String statusLine(LoopbackServer server, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /none HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  @Test
  void saysWhyWhenTheApplicationFails() {
    var cause = new IllegalStateException("no such bean");
    assertThatThrownBy(() ->
            LoopbackServer.start(
                new LoopbackServer.Address("demo shop", 0, "SHOP_PORT"),
                new Faults(Set.of()),
                Map.of(),
                (_, _) -> {
                  throw cause;
                }))
        .hasMessageContaining("demo shop")
        .hasRootCause(cause);
  }
}
