package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.devservices.loopback.Fault;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application is killed at the worst moments: nothing is lost, nothing is done twice. */
class CrashIT {
  /**
   * From when it is ready: the heartbeat timeout of the wait, and a search for it that comes late.
   */
  private static final Duration UNTIL_ORDER = Duration.ofSeconds(60);

  /** A task that is given to the dead process's last call is lost to one more heartbeat timeout. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration HOLD = Duration.ofMinutes(2);
  private static final int UNTIL_FURTHER_NOTICE = 10_000;

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
    app.relaunchIfDead().awaitReady();
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
    awaitWords(said, "order 1");
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
    awaitWords(said, "order 1");
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
    awaitStatus(said, "ORDERED");
    assertOrderedOnce("vases", 2);
  }

  @Test
  void asksOnceMoreWhenKilledRightAfterTheTokenWasHandedOut() {
    Said said = say("Buy 3 candles");
    product.tenant.faults().next("token", UNTIL_FURTHER_NOTICE, new Fault.Answer(503));
    product.phoneOf("alice").approve("Do you want to buy 3 candles");
    product.tenant.faults().instead("token", new Fault.HoldAfter(HOLD));
    await().atMost(Product.PATIENCE).until(() -> product.tenant.faults().held("token") == 1);
    app.kill();
    product.tenant.faults().clear();
    app.launchAgain();
    app.awaitReady();
    awaitWords(said, "Your approval may have been lost on the way");
    assertThat(product.orders("candles")).isEmpty();
    product.phoneOf("alice").approveNewest("Do you want to buy 3 candles", 2);
    awaitStatus(said, "ORDERED");
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
    awaitStatus(said, "DENIED");
    assertThat(product.orders("umbrellas")).isEmpty();
    assertThat(product.phoneOf("alice").requests("Do you want to buy 4 umbrellas")).hasSize(1);
  }

  private record Said(String conversation, String purchase) {
    static Said in(JsonNode turn) {
      return new Said(
          turn.path("conversationId").asText(), turn.path("calls").path(0).path("id").asText());
    }
  }

  /** Asks for a purchase and waits until the phone has rung and the wait is under way. */
  private static Said say(String message) {
    Said said = Said.in(app.as("alice").say(null, message).body());
    awaitStatus(said, "AWAITING_APPROVAL");
    return said;
  }

  private static void awaitOrdered(Said said, Instant launched) {
    app.awaitReady();
    Instant ready = Instant.now();
    JsonNode ordered = awaitStatus(said, "ORDERED");
    explained(
        said,
        () ->
            assertThat(Instant.parse(ordered.path("orderedAt").asText()))
                .isBetween(launched, ready.plus(UNTIL_ORDER)));
  }

  private static JsonNode awaitStatus(Said said, String status) {
    explained(
        said,
        () ->
            await()
                .atMost(PATIENCE)
                .until(() ->
                    app.as("alice")
                        .purchase(said.purchase)
                        .path("status")
                        .asText()
                        .equals(status)));
    return app.as("alice").purchase(said.purchase);
  }

  private static void awaitWords(Said said, String words) {
    explained(
        said,
        () ->
            await()
                .atMost(PATIENCE)
                .until(() ->
                    app.as("alice").said(said.conversation).stream()
                        .anyMatch(message -> message.contains(words))));
  }

  /** Lets a failure tell how the purchase and the conversation stand, and how they came there. */
  private static void explained(Said said, Runnable assertion) {
    try {
      assertion.run();
    } catch (AssertionError | ConditionTimeoutException e) {
      try (Histories histories = new Histories(product)) {
        throw new AssertionError(
            String.join(
                "\n",
                e.getMessage(),
                shown("/api/purchases/" + said.purchase),
                shown("/api/chat/" + said.conversation),
                histories.told(said.purchase),
                histories.told(said.conversation)),
            e);
      }
    }
  }

  private static String shown(String path) {
    try {
      return app.as("alice").get(path).text();
    } catch (UncheckedIOException e) { // the application is dead, which is worth knowing too
      return path + ": " + e.getMessage();
    }
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
