package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.devservices.tenant.PollLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that is asked to end finishes what can't wait, and hands over what can. */
class PoliteShutdownIT {
  private static final Duration END = Duration.ofSeconds(30);

  /** A fraction of what the heartbeat timeout alone would take. */
  private static final Duration FROM_APPROVAL_TO_ORDER = Duration.ofSeconds(45);

  private static final int ENDED_BY_SIGTERM = 143;

  private static final int HELD_POLLS = 12;

  /** Until then all must have been polled and approved. */
  private static final Duration FIRST_HELD_POLL = Duration.ofSeconds(15);

  /**
   * Longer than what it takes another process to be given abandoned waits, and no longer than the
   * 30 s for which a provider may hold a poll.
   */
  private static final Duration LAST_HELD_POLL = Duration.ofSeconds(28);

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
   * The provider holds a poll of each approval, and gives each token to whoever may still be there,
   * at one moment after another until the process has ended; another process stands by.
   */
  @Test
  void losesNoTokenThatComesWhileItStops() {
    try (AppProcess first = AppProcess.launch(product, "polite-held").awaitReady();
        AppProcess second = AppProcess.launch(product, "polite-standby")) {
      Map<Integer, String> ids =
          IntStream.rangeClosed(1, HELD_POLLS)
              .boxed()
              .collect(Collectors.toMap(n -> n, n -> first.as("alice").buy(n, "lamps")));
      ids.values().forEach(id -> Product.awaitStatus(first.as("alice"), id, "AWAITING_APPROVAL"));
      second.awaitReady();
      product.tenant.faults().instead("token", heldPolls());
      await()
          .atMost(Product.PATIENCE)
          .until(() -> product.tenant.faults().held("token") == HELD_POLLS);
      ids.keySet().forEach(n -> product.phoneOf("alice").approve(question(n)));
      first.terminate();
      await("what is decided while it stops can be scraped")
          .atMost(LAST_HELD_POLL)
          .ignoreExceptions()
          .until(() -> approvalsThatItTellsOf(first) > 0);
      assertThat(first.exitCodeWithin(LAST_HELD_POLL.plus(END))).isEqualTo(ENDED_BY_SIGTERM);
      ids.values().forEach(id -> Product.awaitStatus(second.as("alice"), id, "ORDERED"));
      assertThat(product.orders("lamps"))
          .extracting(order -> order.path("qty").asInt())
          .containsExactlyInAnyOrderElementsOf(ids.keySet());
      assertThat(ids.keySet())
          .allSatisfy(n -> assertThat(product.phoneOf("alice").requests(question(n))).hasSize(1));
    }
  }

  private static Fault[] heldPolls() {
    return IntStream.rangeClosed(1, HELD_POLLS)
        .mapToObj(n ->
            new Fault.HoldBefore(
                FIRST_HELD_POLL.plus(
                    LAST_HELD_POLL
                        .minus(FIRST_HELD_POLL)
                        .multipliedBy(n - 1)
                        .dividedBy(HELD_POLLS - 1))))
        .toArray(Fault[]::new);
  }

  private static double approvalsThatItTellsOf(AppProcess app) {
    return Scrape.read(app.management().get("/actuator/prometheus").text())
        .sumIfAny("countersign_decisions_total", "outcome=approved");
  }

  private static String question(int quantity) {
    return "Do you want to buy " + quantity + " lamps";
  }

  private static List<String> answersToPolls() {
    return product.tenant.polls().stream()
        .flatMap(request -> request.polls().stream())
        .map(PollLog.Poll::answer)
        .toList();
  }
}
