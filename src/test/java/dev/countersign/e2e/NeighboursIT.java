package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two applications in one namespace. The one in this process connects as usual; the other one has a
 * prefix and a key of its own, and reaches the same server by TLS with certificates, by nothing but
 * environment variables.
 */
@SuppressWarnings("NullAway.Init")
class NeighboursIT {
  private static final String NAME = "temporal.example.com";

  @TempDir private static Path folder;
  private static Product product;
  private static TlsFront front;
  private static AppProcess neighbour;

  @BeforeAll
  static void start() throws IOException {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate own =
        new HeldCertificate.Builder().signedBy(authority).commonName("neighbour").build();
    product = new Product();
    String target = product.temporal.target();
    front =
        new TlsFront(
            authority, NAME, Integer.parseInt(target.substring(target.lastIndexOf(':') + 1)));
    neighbour =
        AppProcess.launch(
            product,
            "neighbour",
            Map.of(
                "TEMPORAL_ADDRESS", front.address(),
                "TEMPORAL_TLS_CERT", written("client.pem", own.certificatePem()),
                "TEMPORAL_TLS_KEY", written("key.pem", own.privateKeyPkcs8Pem()),
                "TEMPORAL_TLS_TRUST", written("trust.pem", authority.certificatePem()),
                "TEMPORAL_TLS_SERVER_NAME", NAME,
                "COUNTERSIGN_TEMPORAL_TASKQUEUEPREFIX", "neighbour",
                "COUNTERSIGN_GUARD_USERKEY", "TmVpZ2hib3VyJ3Mgb3duIGtleSwgMzIgYnl0ZXMgISE="));
    product.startApplication();
    neighbour.awaitReady();
  }

  private static String written(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @AfterAll
  static void stop() {
    neighbour.close();
    front.close();
    product.close();
  }

  @Test
  void doesAllByTlsWithItsCertificate() {
    Api bob = neighbour.as("bob");
    JsonNode turn = bob.say(null, "Buy a rug").body();
    product.phoneOf("bob").approve("Do you want to buy 1 rug");
    Product.awaitStatus(bob, turn.at("/calls/0/id").asText(), "ORDERED");

    assertThat(product.orders("rug")).hasSize(1);
    assertThat(front.letIn).isNotEmpty().allMatch("CN=neighbour h2"::equals);
    await()
        .atMost(Product.PATIENCE)
        .until(() -> neighbour.management().get("/actuator/health/readiness").status() == 200);
  }

  @Test
  void neitherDoesTheOthersWorkNorListsIt() {
    Api here = product.as("alice");
    Api there = neighbour.as("alice");
    JsonNode lamp = here.say(null, "Buy a lamp").body();
    JsonNode vase = there.say(null, "Buy a vase").body();
    String lampId = lamp.at("/calls/0/id").asText();
    String vaseId = vase.at("/calls/0/id").asText();
    product.phoneOf("alice").approve("Do you want to buy 1 lamp");
    product.phoneOf("alice").approve("Do you want to buy 1 vase");
    Product.awaitStatus(here, lampId, "ORDERED");
    Product.awaitStatus(there, vaseId, "ORDERED");

    awaitListed(here, "/api/purchases", "purchases", "id", lampId);
    awaitListed(there, "/api/purchases", "purchases", "id", vaseId);
    String id = "conversationId";
    awaitListed(here, "/api/chat", "conversations", id, lamp.path(id).asText());
    awaitListed(there, "/api/chat", "conversations", id, vase.path(id).asText());
    assertThat(here.get("/api/purchases/" + vaseId).status()).isEqualTo(404);
    assertThat(there.get("/api/purchases/" + lampId).status()).isEqualTo(404);
    String pid = ProcessHandle.current().pid() + "@";
    try (Histories histories = new Histories(product)) {
      assertThat(histories.workersOf(lampId)).isNotEmpty().allMatch(who -> who.startsWith(pid));
      assertThat(histories.workersOf(vaseId)).isNotEmpty().noneMatch(who -> who.startsWith(pid));
    }
  }

  /** Lists are written a moment after what they list. */
  private static void awaitListed(Api user, String path, String list, String id, String only) {
    await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    Api.elements(user.get(path).body().path(list))
                        .map(entry -> entry.path(id).asText())
                        .toList())
                .isEqualTo(List.of(only)));
  }
}
