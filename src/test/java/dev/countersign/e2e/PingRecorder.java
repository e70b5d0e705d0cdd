package dev.countersign.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Records the history of a call that the provider pings into the directory that the property {@code
 * histories.into} names, unless it is there already.
 */
@EnabledIfSystemProperty(named = "histories.into", matches = ".+")
class PingRecorder {
  private static final Path FILE =
      Path.of(System.getProperty("histories.into", "")).resolve("call-pinged.json");

  @Test
  void recordsACallThatIsPinged() throws IOException {
    if (Files.exists(FILE)) {
      return;
    }
    try (Product product = new Product();
        NotifyingTenant provider = NotifyingTenant.before(product.tenant)) {
      product.startApplication(
          "countersign.ciba.delivery-mode=ping",
          "countersign.ciba.safety-interval=" + Duration.ofMinutes(1).toSeconds() + "s");
      provider.notifies(product.anonymous().base() + "/ciba/notification");
      String id =
          product
              .as("alice")
              .post("/api/purchases", "{\"product\": \"kites\", \"qty\": 2}")
              .body()
              .path("id")
              .asText();
      product.phoneOf("alice").approve("Do you want to buy 2 kites");
      provider.ping("Do you want to buy 2 kites");
      Product.awaitStatus(product.as("alice"), id, "ORDERED");
      try (Histories histories = new Histories(product)) {
        Files.writeString(FILE, histories.json(id) + "\n");
      }
    }
  }
}
