package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.devservices.tenant.PollLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that is asked to end finishes what can't wait, and hands over what can. */
class PoliteShutdownIT {
  private static final Duration END = Duration.ofSeconds(30);

  /** Half of what the heartbeat timeout alone would take. */
  private static final Duration FROM_APPROVAL_TO_ORDER = Duration.ofSeconds(15);

  private static final int ENDED_BY_SIGTERM = 143;

  /** Longer than what it takes another process to start, and to be given abandoned waits. */
  private static final Duration HELD_POLL = Duration.ofSeconds(25);

  private static final int UNTIL_FURTHER_NOTICE = 10_000;

  private static final Duration SLOW_SHOP = Duration.ofSeconds(3);

  @SuppressWarnings("NullAway.Init")
  private static Product product;

  @BeforeAll
  static void start() {
    product = new Product();
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @BeforeEach
  void forgetFaults() {
    product.shop.faults().clear();
    product.tenant.faults().clear();
  }

  @Test
  void handsAPendingApprovalToTheOtherProcess() {
    try (AppProcess first = AppProcess.launch(product, "polite-first").awaitReady()) {
      String id = first.as("alice").buy(2, "headphones");
      Product.awaitStatus(first.as("alice"), id, "AWAITING_APPROVAL");
      try (AppProcess second = AppProcess.launch(product, "polite-second").awaitReady()) {
        first.terminate();
        assertThat(first.exitCodeWithin(END)).isEqualTo(ENDED_BY_SIGTERM);
        Instant approved = Instant.now();
        product.phoneOf("alice").approve("Do you want to buy 2 headphones");
        JsonNode ordered = Product.awaitStatus(second.as("alice"), id, "ORDERED");
        assertThat(Instant.parse(ordered.path("orderedAt").asText()))
            .isBetween(approved, approved.plus(FROM_APPROVAL_TO_ORDER));
        assertThat(product.orders("headphones")).hasSize(1);
        assertThat(product.phoneOf("alice").requests("Do you want to buy 2 headphones")).hasSize(1);
        assertThat(answersToPolls()).contains("Approved").doesNotContain("SlowDown");
      }
    }
  }

  @Test
  void finishesTheOrderUnderWay() {
    try (AppProcess app = AppProcess.launch(product, "polite-ordering").awaitReady()) {
      String id = app.as("alice").buy(2, "kettles");
      product.shop.faults().next("orders", 1, new Fault.HoldAfter(SLOW_SHOP));
      product.shop.faults().next("orders", 1, new Fault.Answer(422)); // what a second one would get
      product.phoneOf("alice").approve("Do you want to buy 2 kettles");
      await().atMost(Product.PATIENCE).until(() -> product.shop.faults().held("orders") == 1);
      app.terminate();
      assertThat(app.exitCodeWithin(END)).isEqualTo(ENDED_BY_SIGTERM);
      app.launchAgain();
      app.awaitReady();
      Product.awaitStatus(app.as("alice"), id, "ORDERED");
      assertThat(product.orders("kettles")).hasSize(1);
    }
  }

  /**
   * The provider has handed the token out and doesn't notice whether anybody is still there to get
   * it; another process stands by.
   */
  @Test
  void waitsForTheAnswerToAPollThatTheProviderHolds() {
    try (AppProcess first = AppProcess.launch(product, "polite-held").awaitReady()) {
      String id = first.as("alice").buy(2, "lamps");
      Product.awaitStatus(first.as("alice"), id, "AWAITING_APPROVAL");
      product.tenant.faults().next("token", UNTIL_FURTHER_NOTICE, new Fault.Answer(503));
      product.phoneOf("alice").approve("Do you want to buy 2 lamps");
      product.tenant.faults().instead("token", new Fault.HoldAfter(HELD_POLL));
      await().atMost(Product.PATIENCE).until(() -> product.tenant.faults().held("token") == 1);
      try (AppProcess second = AppProcess.launch(product, "polite-standby").awaitReady()) {
        first.terminate();
        assertThat(first.exitCodeWithin(HELD_POLL.plus(END))).isEqualTo(ENDED_BY_SIGTERM);
        Product.awaitStatus(second.as("alice"), id, "ORDERED");
        assertThat(product.orders("lamps")).hasSize(1);
        assertThat(product.phoneOf("alice").requests("Do you want to buy 2 lamps")).hasSize(1);
      }
    }
  }

  private static List<String> answersToPolls() {
    return product.tenant.polls().stream()
        .flatMap(request -> request.polls().stream())
        .map(PollLog.Poll::answer)
        .toList();
  }
}
