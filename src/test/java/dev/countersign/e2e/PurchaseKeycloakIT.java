package dev.countersign.e2e;

import static dev.countersign.e2e.Product.awaitStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.devservices.shop.DemoShop;
import dev.countersign.devservices.shop.PlacedOrder;
import dev.countersign.devservices.shop.ShopSettings;
import dev.countersign.keycloak.Decision;
import dev.countersign.keycloak.Keycloak;
import dev.countersign.keycloak.KeycloakLogin;
import dev.countersign.keycloak.PhoneRequest;
import dev.countersign.keycloak.WithKeycloak;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Purchases with Keycloak as the provider that logs users in and asks them. */
@WithKeycloak
class PurchaseKeycloakIT {
  private final Keycloak keycloak;

  PurchaseKeycloakIT(Keycloak keycloak) {
    this.keycloak = keycloak;
  }

  @Test
  void ordersOnceWhatWasApprovedAndNothingThatWasDenied() {
    try (DemoShop shop = DemoShop.start(ShopSettings.of(keycloak.issuer()));
        Product product = start(shop, "agent")) {
      Api alice = alice(product);
      JsonNode turn = say(alice, "Buy 2 headphones");
      decide(alice, turn, "Do_you_want_to_buy_2_headphones", Decision.SUCCEED);
      awaitStatus(alice, purchaseId(turn), "ORDERED");
      awaitSecondMessage(alice, turn, "order 1");

      JsonNode another = say(alice, "Buy 3 umbrellas");
      decide(alice, another, "Do_you_want_to_buy_3_umbrellas", Decision.UNAUTHORIZED);
      awaitStatus(alice, purchaseId(another), "DENIED");
      awaitSecondMessage(alice, another, "denied");

      assertOrderedOnce(shop, 2, "headphones");
      assertThat(keycloak.phone().rings("Do_you_want_to_buy_2_headphones")).isEqualTo(1);
    }
  }

  @Test
  void fetchesTheTokenWhenKeycloakNotifies() {
    try (DemoShop shop = DemoShop.start(ShopSettings.of(keycloak.issuer()));
        Product product =
            start(
                shop,
                "agent-app",
                "countersign.ciba.delivery-mode=ping",
                "countersign.ciba.safety-interval=10m")) {
      Api alice = alice(product);
      keycloak.admin().notificationEndpoint("agent-app", alice.base() + "/ciba/notification");
      JsonNode turn = say(alice, "Buy 4 candles");
      decide(alice, turn, "Do_you_want_to_buy_4_candles", Decision.SUCCEED);
      awaitStatus(alice, purchaseId(turn), "ORDERED");

      JsonNode another = say(alice, "Buy 5 lamps");
      decide(alice, another, "Do_you_want_to_buy_5_lamps", Decision.UNAUTHORIZED);
      awaitStatus(alice, purchaseId(another), "DENIED");

      assertOrderedOnce(shop, 4, "candles");
    }
  }

  /** An application that trusts Keycloak alone, and orders at this shop. */
  private Product start(DemoShop shop, String agent, String... more) {
    Stream<String> properties =
        Stream.of(
            "countersign.oidc.issuer=" + keycloak.issuer(),
            "countersign.oidc.client-id=chat",
            "countersign.oidc.client-secret=chat-secret",
            "countersign.ciba.profile=keycloak",
            "countersign.ciba.client-id=" + agent,
            "countersign.ciba.client-secret=" + agent + "-secret",
            "countersign.shop.url=" + shop.url());
    return new Product()
        .startApplication(Stream.concat(properties, Stream.of(more)).toArray(String[]::new));
  }

  private Api alice(Product product) {
    return new Api(
        product.anonymous().base(), KeycloakLogin.accessToken(keycloak, "alice", "alice"));
  }

  private static JsonNode say(Api user, String message) {
    Api.Answer answer = user.say(null, message);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private static String purchaseId(JsonNode turn) {
    return turn.path("calls").path(0).path("id").asText();
  }

  /** Once the application has Keycloak's answer: an earlier decision would be refused. */
  private void decide(Api user, JsonNode turn, String message, Decision decision) {
    awaitStatus(user, purchaseId(turn), "AWAITING_APPROVAL");
    PhoneRequest rung = keycloak.phone().awaitRequest(message);
    assertThat(rung.text("login_hint")).isEqualTo("alice");
    assertThat(keycloak.phone().decide(rung, decision)).isEqualTo(200);
  }

  private static void awaitSecondMessage(Api user, JsonNode turn, String words) {
    String conversation = turn.path("conversationId").asText();
    await().atMost(Product.PATIENCE).until(() -> user.said(conversation), said -> said.size() == 2);
    assertThat(user.said(conversation).getLast()).contains(words);
  }

  private static void assertOrderedOnce(DemoShop shop, int qty, String product) {
    List<PlacedOrder> orders = shop.orders();
    assertThat(orders)
        .singleElement()
        .satisfies(order -> {
          assertThat(order.product()).isEqualTo(product);
          assertThat(order.qty()).isEqualTo(qty);
        });
  }
}
