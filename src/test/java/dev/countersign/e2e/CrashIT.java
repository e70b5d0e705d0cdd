package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.devservices.loopback.Fault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application is killed at the worst moments: nothing is lost, nothing is done twice. */
class CrashIT {
  /** Heartbeat timeout of the wait, and half of it for the start of the process. */
  private static final Duration FROM_LAUNCH_TO_ORDER = Duration.ofSeconds(45);

  private static final Duration HOLD = Duration.ofSeconds(60);

  @SuppressWarnings("NullAway.Init")
  private static Product product;

  @SuppressWarnings("NullAway.Init")
  private static AppProcess app;

  @BeforeAll
  static void start() {
    product = new Product();
    app = AppProcess.launch(product, "crash");
  }

  @BeforeEach
  void awaitReady() {
    product.shop.faults().clear();
    product.tenant.faults().clear();
    app.awaitReady();
  }

  @AfterAll
  static void stop() {
    app.close();
    product.close();
  }

  @Test
  void ordersOnceWhenApprovedWhileTheApplicationWasDead() {
    Said said = say("Buy an XYZ phone");
    app.kill();
    product.phoneOf("alice").approve("Do you want to buy 1 XYZ phone");
    Instant launched = app.launchAgain();
    awaitOrdered(said, launched);
    awaitWords(said, "Created");
    assertOrderedOnce("XYZ phone", 1);
  }

  @Test
  void ordersOnceWhenKilledWhileTheShopHoldsItsAnswer() {
    Said said = say("Buy 2 kettles");
    product.shop.faults().next("orders", 1, new Fault.HoldAfter(HOLD));
    product.phoneOf("alice").approve("Do you want to buy 2 kettles");
    await().atMost(Product.PATIENCE).until(() -> product.shop.faults().held("orders") == 1);
    assertThat(product.orders("kettles")).hasSize(1);
    app.kill();
    product.shop.faults().clear();
    Instant launched = app.launchAgain();
    awaitOrdered(said, launched);
    awaitWords(said, "Created");
    assertOrderedOnce("kettles", 1);
  }

  @Test
  void asksOnceMoreWhenKilledWhileItWasUnclearWhetherThePhoneRang() {
    product.tenant.faults().next("bc-authorize", 1, new Fault.HoldAfter(HOLD));
    JsonNode turn = app.as("alice").say(null, "Buy 5 vases").body();
    await().atMost(Product.PATIENCE).until(() -> product.tenant.faults().held("bc-authorize") == 1);
    app.kill();
    product.tenant.faults().clear();
    app.launchAgain();
    app.awaitReady();
    Said said = Said.in(turn);
    awaitWords(said, "It is unclear whether your phone was asked");
    product.phoneOf("alice").approveNewest("Do you want to buy 5 vases", 2);
    Product.awaitStatus(app.as("alice"), said.purchase, "ORDERED");
    assertOrderedOnce("vases", 2);
  }

  @Test
  void asksOnceMoreWhenKilledRightAfterTheTokenWasHandedOut() {
    Said said = say("Buy 3 candles");
    Fault busy = new Fault.Answer(503); // time to approve before the poll whose answer is held
    product.tenant.faults().next("token", 5, busy);
    product.tenant.faults().next("token", 1, new Fault.HoldAfter(HOLD));
    product.phoneOf("alice").approve("Do you want to buy 3 candles");
    await().atMost(Product.PATIENCE).until(() -> product.tenant.faults().held("token") == 1);
    app.kill();
    product.tenant.faults().clear();
    app.launchAgain();
    app.awaitReady();
    awaitWords(said, "Your approval was lost; please approve again.");
    assertThat(product.orders("candles")).isEmpty();
    product.phoneOf("alice").approveNewest("Do you want to buy 3 candles", 2);
    Product.awaitStatus(app.as("alice"), said.purchase, "ORDERED");
    assertOrderedOnce("candles", 2);
  }

  @Test
  void endsAsDeniedWhenDeniedDuringTheSecondOfTwoCrashes() {
    Said said = say("Buy 4 umbrellas");
    app.kill();
    app.launchAgain();
    app.awaitReady();
    app.kill();
    product.phoneOf("alice").deny("Do you want to buy 4 umbrellas");
    app.launchAgain();
    app.awaitReady();
    Product.awaitStatus(app.as("alice"), said.purchase, "DENIED");
    assertThat(product.orders("umbrellas")).isEmpty();
    assertThat(product.phoneOf("alice").requests("Do you want to buy 4 umbrellas")).hasSize(1);
  }

  private record Said(String conversation, String purchase) {
    static Said in(JsonNode turn) {
      return new Said(
          turn.path("conversationId").asText(), turn.path("purchases").path(0).path("id").asText());
    }
  }

  /** Asks for a purchase and waits until the phone has rung and the wait is under way. */
  private static Said say(String message) {
    Said said = Said.in(app.as("alice").say(null, message).body());
    Product.awaitStatus(app.as("alice"), said.purchase, "AWAITING_APPROVAL");
    return said;
  }

  private static void awaitOrdered(Said said, Instant launched) {
    app.awaitReady();
    JsonNode ordered = Product.awaitStatus(app.as("alice"), said.purchase, "ORDERED");
    assertThat(Instant.parse(ordered.path("orderedAt").asText()))
        .isBetween(launched, launched.plus(FROM_LAUNCH_TO_ORDER));
  }

  private static void awaitWords(Said said, String words) {
    await()
        .atMost(Product.PATIENCE)
        .until(() ->
            app.as("alice").said(said.conversation).stream()
                .anyMatch(message -> message.contains(words)));
  }

  private static void assertOrderedOnce(String productName, int rings) {
    JsonNode order = product.orders(productName).getFirst();
    assertThat(product.orders(productName)).hasSize(1);
    assertThat(
            product
                .phoneOf("alice")
                .requests("Do you want to buy " + order.path("qty").asInt() + " " + productName))
        .hasSize(rings);
  }
}
