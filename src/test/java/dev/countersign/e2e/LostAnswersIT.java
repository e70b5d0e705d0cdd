package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.devservices.loopback.Fault;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers of the identity provider and of the shop are lost, or are no answers. */
class LostAnswersIT {
  private static final Fault LOST = new Fault.LoseAnswer();
  private static final Fault UNAVAILABLE = new Fault.Answer(503);
  private static final int UNTIL_FURTHER_NOTICE = 10_000;
  private static final Fault SOLD_OUT =
      new Fault.Answer(
          422,
          "{\"status\": 422, \"detail\": \"That is sold out\"}",
          Map.of("Content-Type", "application/problem+json"));

  @RegisterExtension static final Product product = new Product().startApplication();

  @BeforeEach
  void forgetFaults() {
    product.tenant.faults().clear();
    product.shop.faults().clear();
  }

  @Test
  void tellsTheUserAndRingsAgainWhenItIsUnclearWhetherThePhoneRang() {
    product.tenant.faults().next("bc-authorize", 1, LOST);
    JsonNode turn = product.as("alice").say(null, "Buy 2 vases").body();
    product.phoneOf("alice").approveNewest("Do you want to buy 2 vases", 2);
    String id = awaitStatus(turn, "ORDERED").path("id").asText();
    assertThat(product.orders("vases")).hasSize(1);
    JsonNode told = awaitWords(turn, "It is unclear whether your phone was asked");
    assertThat(told.path("callId").asText()).isEqualTo(id);
    JsonNode secondRing =
        product.phoneOf("alice").requests("Do you want to buy 2 vases").getFirst();
    try (Histories histories = new Histories(product)) {
      Instant heard =
          histories.firstTime(
              turn.path("conversationId").asText(),
              event ->
                  event
                      .getWorkflowExecutionSignaledEventAttributes()
                      .getSignalName()
                      .equals("callNotice"));
      assertThat(heard).isBefore(Instant.parse(secondRing.path("createdAt").asText()));
    }
  }

  @Test
  void tellsTheUserAndRingsAgainWhenTheTokenWasLost() {
    product.tenant.faults().next("token", UNTIL_FURTHER_NOTICE, UNAVAILABLE);
    JsonNode turn = product.as("alice").say(null, "Buy 3 candles").body();
    product.phoneOf("alice").approve("Do you want to buy 3 candles");
    product.tenant.faults().instead("token", LOST);
    awaitWords(turn, "Your approval may have been lost on the way");
    assertThat(product.orders("candles")).isEmpty();
    product.phoneOf("alice").approveNewest("Do you want to buy 3 candles", 2);
    awaitStatus(turn, "ORDERED");
    assertThat(product.orders("candles")).hasSize(1);
    assertThat(product.phoneOf("alice").requests("Do you want to buy 3 candles")).hasSize(2);
  }

  @Test
  void goesOnPollingWhenPollsGetNoAnswer() {
    product.tenant.faults().next("token", 1, new Fault.Answer(500));
    product.tenant.faults().next("token", 1, UNAVAILABLE);
    product.tenant.faults().next("token", 2, new Fault.Reset());
    product.tenant.faults().next("token", 1, new Fault.Answer(200, "<html>", Map.of()));
    String id = product.as("alice").buy(2, "lamps");
    product.phoneOf("alice").approve("Do you want to buy 2 lamps");
    awaitStatus(id, "ORDERED");
    assertThat(product.orders("lamps")).hasSize(1);
    assertThat(product.phoneOf("alice").requests("Do you want to buy 2 lamps")).hasSize(1);
  }

  @Test
  void ordersOnceWhenTheShopsAnswerWasLost() {
    product.shop.faults().next("orders", 1, LOST);
    awaitStatus(bought(2, "kettles"), "ORDERED");
    assertThat(product.orders("kettles")).hasSize(1);
  }

  @Test
  void ordersWhenTheShopIsBusyAtFirst() {
    product.shop.faults().next("orders", 2, UNAVAILABLE);
    JsonNode ordered = awaitStatus(bought(2, "cups"), "ORDERED");
    assertThat(ordered.path("result").asText()).matches("Order 1\\d{3}");
    assertThat(product.orders("cups")).hasSize(1);
  }

  @Test
  void endsAsRejectedWithTheShopsWords() {
    product.shop.faults().next("orders", 1, SOLD_OUT);
    JsonNode rejected = awaitStatus(bought(2, "umbrellas"), "REJECTED");
    assertThat(rejected.path("reason").asText())
        .isEqualTo("This can't be done: That is sold out. Nothing was done.");
    assertThat(product.orders("umbrellas")).isEmpty();
  }

  @Test
  void saysThatTheOutcomeIsUnknownWhenARefusalFollowsALostAnswer() {
    product.shop.faults().next("orders", 1, LOST);
    product.shop.faults().next("orders", 1, SOLD_OUT);
    JsonNode unknown = awaitStatus(bought(2, "chairs"), "OUTCOME_UNKNOWN");
    assertThat(unknown.path("reason").asText()).contains("unknown whether it was done");
    assertThat(product.orders("chairs")).hasSize(1);
  }

  @Test
  void endsAsRejectedWhenTheUserHasNoPhone() {
    JsonNode turn = product.as("carol").say(null, "Buy 2 pens").body();
    String id = turn.path("calls").path(0).path("id").asText();
    JsonNode rejected = Product.awaitStatus(product.as("carol"), id, "REJECTED");
    assertThat(rejected.path("reason").asText()).startsWith("You have no device on which");
    assertThat(rejected.path("code").asText()).isEqualTo("user_does_not_have_push_notifications");
    String conversation = turn.path("conversationId").asText();
    // in the answer to the turn, or in a message of its own if the provider takes longer
    await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() ->
            assertThat(product.as("carol").said(conversation).getLast())
                .contains("2 pens", "no device", "othing was done"));
    assertThat(product.orders("pens")).isEmpty();
  }

  /** Buys and approves. */
  private static String bought(int qty, String name) {
    String id = product.as("alice").buy(qty, name);
    product.phoneOf("alice").approve("Do you want to buy " + qty + " " + name);
    return id;
  }

  private static JsonNode awaitStatus(JsonNode turn, String status) {
    return awaitStatus(turn.path("calls").path(0).path("id").asText(), status);
  }

  private static JsonNode awaitStatus(String id, String status) {
    return Product.awaitStatus(product.as("alice"), id, status);
  }

  /** Waits until the assistant has said so, and returns the message. */
  private static JsonNode awaitWords(JsonNode turn, String words) {
    String conversation = turn.path("conversationId").asText();
    return await()
        .atMost(Product.PATIENCE)
        .until(
            () ->
                Api.elements(
                        product
                            .as("alice")
                            .get("/api/chat/" + conversation)
                            .body()
                            .path("messages"))
                    .filter(message -> message.path("text").asText().contains(words))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }
}
