package dev.countersign.e2e;

import static dev.countersign.e2e.Product.awaitStatus;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.devservices.shop.DemoShop;
import dev.countersign.devservices.shop.ShopSettings;
import dev.countersign.keycloak.Decision;
import dev.countersign.keycloak.Keycloak;
import dev.countersign.keycloak.KeycloakLogin;
import dev.countersign.keycloak.PhoneRequest;
import dev.countersign.keycloak.WithKeycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/**
 * The demo of {@code docker-compose.yml}: its realm in a Keycloak, and the settings that users copy
 * from {@code deploy/demo/demo.env}.
 */
@WithKeycloak
class DemoKeycloakIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUESTION = "Do_you_want_to_buy_2_lanterns";

  private final Keycloak keycloak;
  private final Properties settings = settings();

  DemoKeycloakIT(Keycloak keycloak) {
    this.keycloak = keycloak;
  }

  private static Properties settings() {
    Properties settings = new Properties();
    try (var file = Files.newBufferedReader(Path.of("deploy", "demo", "demo.env"))) {
      settings.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  @Test
  void asksItsUsersAndOrders() throws Exception {
    try (DemoShop shop = DemoShop.start(ShopSettings.of(keycloak.demoIssuer()));
        Product product =
            new Product()
                .startApplication(
                    "countersign.oidc.issuer=" + keycloak.demoIssuer(),
                    "countersign.oidc.client-id=" + settings.getProperty("CLIENT_ID"),
                    "countersign.oidc.client-secret=" + settings.getProperty("CLIENT_SECRET"),
                    "countersign.ciba.profile=" + settings.getProperty("CIBA_PROFILE"),
                    "countersign.shop.url=" + shop.url())) {
      Api alice = new Api(product.base(), callersToken());
      String id = alice.buy(2, "lanterns");
      awaitStatus(alice, id, "AWAITING_APPROVAL");
      PhoneRequest rung = keycloak.phone().awaitRequest(QUESTION);
      assertThat(rung.text("login_hint")).isEqualTo("alice");
      assertThat(keycloak.phone().decide(rung, Decision.SUCCEED)).isEqualTo(200);

      awaitStatus(alice, id, "ORDERED");

      assertThat(shop.orders())
          .singleElement()
          .satisfies(order -> assertThat(order.product()).isEqualTo("lanterns"));
    }
  }

  /** By the client, and to the address, of the settings that users copy. */
  @Test
  void signsItsUsersIn() {
    assertThat(
            KeycloakLogin.tokens(
                    keycloak.demoIssuer(),
                    new KeycloakLogin.Client(
                        settings.getProperty("CLIENT_ID"),
                        settings.getProperty("CLIENT_SECRET"),
                        "http://localhost:8080/login/oauth2/code/countersign",
                        "openid profile"),
                    "bob",
                    "bob")
                .has("id_token"))
        .isTrue();
  }

  /** For the API, as a script of somebody who tries it out gets it. */
  private String callersToken() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer =
          http.send(
                  HttpRequest.newBuilder(
                          URI.create(keycloak.demoIssuer() + "/protocol/openid-connect/token"))
                      .header("Content-Type", "application/x-www-form-urlencoded")
                      .POST(
                          BodyPublishers.ofString(
                              "grant_type=password&client_id=caller&scope=openid"
                                  + "&username=alice&password=alice"))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      assertThat(answer).contains("access_token");
      return JSON.readTree(answer).path("access_token").asText();
    }
  }
}
