package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.loopback.Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Approvals are given when Temporal has just gone away: none is fetched that can't be stored. */
class UnstorableIT {
  private static final int PURCHASES = 20;
  private static final Duration AWAY = Duration.ofSeconds(20);
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  @RegisterExtension static final Product product = new Product().startApplication();

  @Test
  void ordersAllWithoutASecondQuestionWhenApprovedRightAfterTemporalWentAway() {
    List<String> ids = buy("mugs");
    product.temporal.kill();
    approveAll("mugs");
    stayAway();
    product.temporal.restart();
    assertAllOrderedOnce(ids, "mugs");
  }

  /** The answer is on its way: the token is there, and Temporal isn't. */
  @Test
  void keepsATokenThatCameWhenTemporalWasGone() {
    String id = product.as("alice").buy(1, "vase");
    Product.awaitStatus(product.as("alice"), id, "AWAITING_APPROVAL");
    product.tenant.faults().next("token", 10_000, new Fault.Answer(503));
    product.phoneOf("alice").approve("Do you want to buy 1 vase");
    product.tenant.faults().instead("token", new Fault.HoldAfter(RECOVERY));
    await().atMost(Product.PATIENCE).until(() -> product.tenant.faults().held("token") == 1);
    product.temporal.kill();
    product.tenant.faults().clear();
    stayAway();
    product.temporal.restart();
    assertAllOrderedOnce(List.of(id), "vase");
  }

  private static List<String> buy(String name) {
    Api alice = product.as("alice");
    List<String> ids =
        IntStream.rangeClosed(1, PURCHASES).mapToObj(qty -> alice.buy(qty, name)).toList();
    ids.forEach(id -> Product.awaitStatus(alice, id, "AWAITING_APPROVAL"));
    return ids;
  }

  private static void approveAll(String name) {
    for (int qty = 1; qty <= PURCHASES; qty++) {
      product.phoneOf("alice").approve("Do you want to buy " + qty + " " + name);
    }
  }

  /** Long enough that all attempts of a shorter patience are over. */
  private static void stayAway() {
    await()
        .pollDelay(AWAY)
        .atMost(AWAY.plusSeconds(10))
        .until(() -> product.as("alice").get("/api/purchases").status() == 503);
  }

  private static void assertAllOrderedOnce(List<String> ids, String name) {
    Api alice = product.as("alice");
    ids.forEach(id ->
        await()
            .atMost(RECOVERY)
            .until(() -> alice.purchase(id).path("status").asText().equals("ORDERED")));
    assertThat(product.orders(name)).hasSize(ids.size());
    assertThat(product.phoneOf("alice").requests())
        .filteredOn(request -> request.path("bindingMessage").asText().endsWith(" " + name))
        .hasSize(ids.size());
  }
}
