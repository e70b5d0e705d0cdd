package dev.countersign.e2e;

import static dev.countersign.e2e.Product.awaitStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.audit.AuditLog;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.temporal.TemporalCustomizer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A purchase from the chat to the order, or to the reason why there is none. */
class PurchaseIT {
  private static final TemporalCalls calls = new TemporalCalls();

  @RegisterExtension
  static final Product product =
      new Product()
          .with(context ->
              context.registerBean("temporalCalls", TemporalCustomizer.class, () -> calls))
          .startApplication();

  @Test
  void ordersWhatTheUserAskedForAndApprovedAndSaysSo() {
    Api alice = product.as("alice");
    Api.Answer turn = alice.say(null, "Buy an XYZ phone");
    assertThat(turn.status()).isEqualTo(200);
    String conversation = turn.body().path("conversationId").asText();
    JsonNode purchase = turn.body().path("calls").path(0);
    assertThat(purchase.path("tool").asText()).isEqualTo("shop_online");
    assertThat(purchase.at("/arguments/product").asText()).isEqualTo("XYZ phone");
    assertThat(purchase.at("/arguments/qty").asInt()).isEqualTo(1);
    assertThat(purchase.path("conversationId").asText()).isEqualTo(conversation);
    assertThat(turn.body().path("messages")).hasSize(2);

    product.phoneOf("alice").approve("Do you want to buy 1 XYZ phone");
    JsonNode ordered = awaitStatus(alice, purchase.path("id").asText(), "ORDERED");
    assertThat(ordered.path("result").asText()).matches("Order 1\\d{3}");
    assertThat(Instant.parse(ordered.path("orderedAt").asText()))
        .isAfterOrEqualTo(Instant.parse(ordered.path("requestedAt").asText()));
    assertThat(product.orders("XYZ phone"))
        .singleElement()
        .satisfies(order -> assertThat(order.path("qty").asInt()).isEqualTo(1));

    await()
        .atMost(Product.PATIENCE)
        .until(() -> alice.said(conversation), said -> said.size() == 2);
    assertThat(alice.said(conversation).getLast()).contains("XYZ phone").contains("order 1");
    JsonNode whole = alice.get("/api/chat/" + conversation).body();
    assertThat(whole.at("/calls/0/id")).isEqualTo(ordered.path("id"));
    assertThat(whole.at("/calls/0/status").asText()).isEqualTo("DONE");
    assertThat(whole.at("/calls/0/message")).isEqualTo(ordered.path("bindingMessage"));
    assertThat(whole.path("messages").path(2).path("callId")).isEqualTo(ordered.path("id"));
  }

  @Test
  void runsNothingAgainWhenSomebodyResetsItToBeforeItRan() {
    Api alice = product.as("alice");
    String id = alice.buy(3, "bicycle bells");
    product.phoneOf("alice").approve("Do you want to buy 3 bicycle bells");
    awaitStatus(alice, id, "ORDERED");

    try (AuditLog audit = new AuditLog();
        Histories histories = new Histories(product)) {
      histories.resetToBefore(id, "RunApproved");
      await()
          .atMost(Product.PATIENCE)
          .until(() -> audit.of(id).stream().filter(PurchaseIT::isSealBroken).count() >= 2);
      assertThat(audit.of(id)).extracting(AuditLog.Entry::event).doesNotContain("run_begun");
    }

    assertThat(product.shop.calls()).filteredOn(call -> call.subject().equals(id)).hasSize(1);
    assertThat(alice.purchase(id).path("status").asText()).isEqualTo("ORDERING");
  }

  private static boolean isSealBroken(AuditLog.Entry entry) {
    return entry.summary().equals("seal_broken token");
  }

  @Test
  void makesTwoOrdersOfTheSamePurchaseAskedForTwice() {
    Api alice = product.as("alice");
    JsonNode turn = alice.say(null, "Buy 2 mugs").body();
    String conversation = turn.path("conversationId").asText();
    String first = turn.path("calls").path(0).path("id").asText();
    product.phoneOf("alice").approve("Do you want to buy 2 mugs");
    awaitStatus(alice, first, "ORDERED");

    JsonNode again = alice.say(conversation, "Buy 2 mugs").body();
    assertThat(again.path("calls")).hasSize(1);
    String second = again.path("calls").path(0).path("id").asText();
    assertThat(second).isNotEqualTo(first);
    product.phoneOf("alice").approve("Do you want to buy 2 mugs");
    awaitStatus(alice, second, "ORDERED");
    // the shop takes an order once per key: two keys
    assertThat(product.orders("mugs"))
        .hasSize(2)
        .extracting(order -> order.path("orderId").asText())
        .doesNotHaveDuplicates();
    assertThat(product.phoneOf("alice").requests("Do you want to buy 2 mugs")).hasSize(2);
  }

  @Test
  void ordersNothingWhenTheUserDeniesAndTheModelHearsIt() {
    Api alice = product.as("alice");
    JsonNode turn = alice.say(null, "buy 3 umbrellas for at most 40").body();
    String conversation = turn.path("conversationId").asText();
    String id = turn.path("calls").path(0).path("id").asText();
    product.phoneOf("alice").deny("Do you want to buy 3 umbrellas for at most 40");
    JsonNode denied = awaitStatus(alice, id, "DENIED");
    assertThat(denied.path("priceLimit").decimalValue()).isEqualByComparingTo("40");
    assertThat(denied.path("reason").asText()).contains("denied");
    await()
        .atMost(Product.PATIENCE)
        .until(() -> alice.said(conversation), said -> said.size() == 2);
    assertThat(alice.said(conversation).getLast())
        .isEqualTo(
            "\"Do you want to buy 3 umbrellas for at most 40\": You denied the request; nothing was done.\n\nYou"
                + " denied the purchase of 3 umbrellas: nothing was ordered.");
    assertThat(product.toldToTheModel)
        .anySatisfy(told ->
            assertThat(told).contains("umbrellas").contains("The user has denied the request"));
    assertThat(product.orders("umbrellas")).isEmpty();
  }

  @Test
  void ordersNothingWhenCancelledEvenIfApprovedAfterwards() {
    Api alice = product.as("alice");
    String id = alice.buy(2, "kettles");
    awaitStatus(alice, id, "AWAITING_APPROVAL");
    Api.Answer cancelled = alice.post("/api/purchases/" + id + "/cancel", "");
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.body().path("status").asText()).isEqualTo("CANCELLED");
    product.phoneOf("alice").approve("Do you want to buy 2 kettles");
    assertThat(alice.post("/api/purchases/" + id + "/cancel", "").status()).isEqualTo(200);

    String after = alice.buy(1, "teapot"); // one that is approved after it is ordered meanwhile
    product.phoneOf("alice").approve("Do you want to buy 1 teapot");
    awaitStatus(alice, after, "ORDERED");
    assertThat(product.orders("kettles")).isEmpty();
    assertThat(alice.purchase(id).path("status").asText()).isEqualTo("CANCELLED");
    Api.Answer tooLate = alice.post("/api/purchases/" + after + "/cancel", "");
    assertThat(tooLate.status()).isEqualTo(409);
    assertThat(tooLate.contentType()).startsWith("application/problem+json");
  }

  @Test
  void refusesToCancelWhileOrdering() {
    Api alice = product.as("alice");
    product.shop.faults().next("orders", 1, new Fault.HoldBefore(Product.PATIENCE));
    String id = alice.buy(1, "globe");
    product.phoneOf("alice").approve("Do you want to buy 1 globe");
    awaitStatus(alice, id, "ORDERING");
    Api.Answer tooLate = alice.post("/api/purchases/" + id + "/cancel", "");
    product.shop.faults().clear();
    assertThat(tooLate.status()).isEqualTo(409);
    assertThat(tooLate.body().path("detail").asText()).contains("is being ordered");
    awaitStatus(alice, id, "ORDERED");
  }

  @Test
  void namesTheKeyOfARequestThatCameWithoutOne() {
    Api alice = product.as("alice");
    String body = "{\"product\": \"ruler\", \"qty\": 1}";
    Api.Answer first = alice.post("/api/purchases", body);
    String key = first.headers().firstValue("Idempotency-Key").orElseThrow();
    Api.Answer again = alice.post("/api/purchases", body, "Idempotency-Key", key);
    assertThat(again.body().path("id")).isEqualTo(first.body().path("id"));
  }

  @Test
  void keepsTwoUsersApart() {
    Api alice = product.as("alice");
    Api bob = product.as("bob");
    JsonNode turn = bob.say(null, "Buy 2 lamps").body();
    String conversation = turn.path("conversationId").asText();
    String id = turn.path("calls").path(0).path("id").asText();
    awaitStatus(bob, id, "AWAITING_APPROVAL");
    assertThat(product.phoneOf("alice").requests("Do you want to buy 2 lamps")).isEmpty();
    assertThat(alice.get("/api/purchases/" + id).status()).isEqualTo(404);
    assertThat(alice.post("/api/purchases/" + id + "/cancel", "").status()).isEqualTo(404);
    assertThat(alice.get("/api/chat/" + conversation).status()).isEqualTo(404);
    assertThat(alice.say(conversation, "cancel it").status()).isEqualTo(404);
    await().atMost(Product.PATIENCE).until(() -> listed(bob).contains(id));
    assertThat(listed(alice)).doesNotContain(id);
    product.phoneOf("bob").approve("Do you want to buy 2 lamps");
    awaitStatus(bob, id, "ORDERED");
  }

  private static List<String> listed(Api user) {
    return Api.elements(user.get("/api/purchases").body().path("purchases"))
        .map(purchase -> purchase.path("id").asText())
        .toList();
  }

  @Test
  void listsByStatusPageByPage() {
    Api alice = product.as("alice");
    List<String> ids = IntStream.range(0, 22).mapToObj(_ -> alice.buy(1, "pen")).toList();
    ids.forEach(id -> alice.post("/api/purchases/" + id + "/cancel", ""));
    await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> {
          JsonNode first = alice.get("/api/purchases?status=CANCELLED").body();
          assertThat(first.path("purchases")).hasSize(20);
          JsonNode second =
              alice
                  .get("/api/purchases?status=CANCELLED&cursor=" + first.path("cursor").asText())
                  .body();
          List<String> all =
              Stream.of(first, second)
                  .flatMap(page -> Api.elements(page.path("purchases")))
                  .map(purchase -> purchase.path("id").asText())
                  .toList();
          assertThat(all).doesNotHaveDuplicates().containsAll(ids);
        });
    assertThat(alice.get("/api/purchases?status=LOST").status()).isEqualTo(400);
    assertThat(alice.get("/api/purchases?cursor=!").status()).isEqualTo(400);
    assertThat(alice.get("/api/purchases?cursor=AAAA").status()).isEqualTo(400);
  }

  /** Asking takes a worker, and the whole history of a call that isn't in its memory. */
  @Test
  void listsThoseThatWaitForTheirUsersAsTheyStandWithoutAskingThem() {
    Api bob = product.as("bob");
    String asked = bob.buy(1, "lamp");
    JsonNode said = bob.say(null, "Buy 2 lanterns").body().path("calls").path(0);
    List<JsonNode> alone =
        Stream.of(asked, said.path("id").asText())
            .map(id -> awaitStatus(bob, id, "AWAITING_APPROVAL"))
            .toList();
    await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> {
          int queries = calls.of("QueryWorkflow");
          List<JsonNode> listed =
              Api.elements(
                      bob.get("/api/purchases?status=AWAITING_APPROVAL").body().path("purchases"))
                  .toList();
          assertThat(listed).containsAll(alone);
          assertThat(calls.of("QueryWorkflow")).isEqualTo(queries);
        });
    assertThat(calls.of("QueryWorkflow")).isPositive(); // those that awaited the status
    assertThat(calls.of("DescribeWorkflowExecution")).isPositive();
  }

  @Test
  void makesOnePurchaseOfFourRequestsWithOneKey() throws Exception {
    Api alice = product.as("alice");
    String key = UUID.randomUUID().toString();
    Callable<Api.Answer> buy =
        () ->
            alice.post(
                "/api/purchases", "{\"product\": \"stapler\", \"qty\": 4}", "Idempotency-Key", key);
    List<Api.Answer> answers = fourAtOnce(buy);
    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(202));
    String id = answers.getFirst().body().path("id").asText();
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.body().path("id").asText()).isEqualTo(id))
        .allSatisfy(answer ->
            assertThat(answer.headers().firstValue("Location")).hasValue("/api/purchases/" + id));
    awaitStatus(alice, id, "AWAITING_APPROVAL");
    assertThat(product.phoneOf("alice").requests("Do you want to buy 4 stapler")).hasSize(1);
    Api.Answer other =
        alice.post(
            "/api/purchases", "{\"product\": \"stapler\", \"qty\": 5}", "Idempotency-Key", key);
    assertThat(other.status()).isEqualTo(422);
  }

  @Test
  void makesOneTurnOfFourMessagesWithOneKey() throws Exception {
    Api alice = product.as("alice");
    String key = UUID.randomUUID().toString();
    List<Api.Answer> answers =
        fourAtOnce(() ->
            alice.post("/api/chat", "{\"message\": \"Buy 5 notebooks\"}", "Idempotency-Key", key));
    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    JsonNode first = answers.getFirst().body();
    assertThat(answers)
        .allSatisfy(answer -> {
          assertThat(answer.body().path("messages")).isEqualTo(first.path("messages"));
          assertThat(answer.body().path("calls")).hasSize(1);
        });
    awaitStatus(alice, first.path("calls").path(0).path("id").asText(), "AWAITING_APPROVAL");
    assertThat(product.phoneOf("alice").requests("Do you want to buy 5 notebooks")).hasSize(1);
    assertThat(alice.said(first.path("conversationId").asText())).hasSize(1);
    assertThat(
            alice
                .post("/api/chat", "{\"message\": \"Buy 6 notebooks\"}", "Idempotency-Key", key)
                .status())
        .isEqualTo(422);
  }

  private static List<Api.Answer> fourAtOnce(Callable<Api.Answer> call) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
      List<Future<Api.Answer>> answers =
          executor.invokeAll(IntStream.range(0, 4).mapToObj(_ -> call).toList());
      return answers.stream().map(Future::resultNow).toList();
    }
  }
}
