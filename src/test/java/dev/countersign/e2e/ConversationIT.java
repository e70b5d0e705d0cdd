package dev.countersign.e2e;

import static dev.countersign.e2e.Product.awaitStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Conversations as their user lists, uses and deletes them. */
class ConversationIT {
  @RegisterExtension static final Product product = new Product().startApplication();

  private static final Histories histories = new Histories(product);

  @AfterAll
  static void close() {
    histories.close();
  }

  @Test
  void listsTheUsersOwnConversationsNewestFirst() {
    Api bob = product.as("bob");
    String first = begin(bob, "Hello, what can you do?");
    String second = begin(bob, "What is pending?");
    begin(product.as("alice"), "What is pending?");

    JsonNode listed =
        await()
            .atMost(Product.PATIENCE)
            .until(
                () -> bob.get("/api/chat").body().path("conversations"),
                conversations -> conversations.size() == 2);

    assertThat(listed.findValuesAsText("conversationId")).containsExactly(second, first);
    assertThat(listed.findValuesAsText("title"))
        .containsExactly("What is pending?", "Hello, what can you do?");
    JsonNode whole = bob.get("/api/chat/" + second).body();
    assertThat(listed.path(0).path("startedAt")).isEqualTo(whole.at("/messages/0/at"));
    assertThat(listed.path(0).path("lastMessage")).isEqualTo(whole.at("/messages/1"));
    assertThat(bob.get("/api/chat?cursor=AAAA").status()).isEqualTo(400);
  }

  @Test
  void callsAConversationAsItsUserDoesAndFindsItByTitleAndWords() {
    Api bob = product.as("bob");
    String conversation = begin(bob, "Is there a quiet typewriter?");
    String path = "/api/chat/" + conversation;
    String[] json = {"Content-Type", "application/json"};

    assertThat(product.as("alice").call("PATCH", path, "{\"title\": \"Hers\"}", json).status())
        .isEqualTo(404);
    Api.Answer renamed = bob.call("PATCH", path, "{\"title\": \"For the Büro\"}", json);

    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.body().path("title").asText()).isEqualTo("For the Büro");
    await()
        .atMost(Product.PATIENCE)
        .until(() -> found(bob, "buro").findValuesAsText("conversationId").contains(conversation));
    JsonNode bySaid = found(bob, "typewriter+quiet");
    assertThat(bySaid.findValuesAsText("title")).containsExactly("For the Büro");
    assertThat(bySaid.path(0).path("found").asText()).isEqualTo("Is there a quiet typewriter?");
    assertThat(found(product.as("alice"), "typewriter")).isEmpty();
    assertThat(found(bob, "typewriter+loud")).isEmpty();
    bob.call("DELETE", path, null);
  }

  private static JsonNode found(Api user, String words) {
    return user.get("/api/chat?search=" + words).body().path("conversations");
  }

  @Test
  void showsWhatWaitsWhateverHasAskedForIt() {
    Api bob = product.as("bob");
    String bought = bob.buy(3, "trombones");
    JsonNode turn = bob.say(null, "Buy 4 trombones").body();
    String said = turn.at("/calls/0/id").asText();
    awaitStatus(bob, bought, "AWAITING_APPROVAL");
    awaitStatus(bob, said, "AWAITING_APPROVAL");

    JsonNode open =
        await()
            .atMost(Product.PATIENCE)
            .until(() -> bob.get("/api/approvals/open").body(), it -> it.path("calls").size() == 2);

    assertThat(open.path("calls").findValuesAsText("id")).containsExactly(bought, said);
    assertThat(open.path("waiting").asInt()).isEqualTo(2);
    List.of(bought, said).forEach(id -> bob.post("/api/approvals/" + id + "/cancel", ""));
    assertThat(bob.get("/api/approvals/open").body().path("waiting").asInt()).isZero();
    await()
        .atMost(Product.PATIENCE)
        .until(() ->
            bob.get("/api/approvals?status=DENIED,CANCELLED")
                .body()
                .path("calls")
                .findValuesAsText("id")
                .containsAll(List.of(bought, said)));
    bob.call("DELETE", "/api/chat/" + turn.path("conversationId").asText(), null);
  }

  @Test
  void listsWhatIsPendingAndCancelsIt() {
    Api alice = product.as("alice");
    JsonNode turn = alice.say(null, "Buy 2 harps").body();
    String conversation = turn.path("conversationId").asText();
    String purchase = turn.at("/calls/0/id").asText();
    awaitStatus(alice, purchase, "AWAITING_APPROVAL");

    assertThat(answer(alice, conversation, "What is pending?")).contains("2 harps");
    assertThat(answer(alice, conversation, "Cancel the harps")).contains("2 harps");

    awaitStatus(alice, purchase, "CANCELLED");
    await()
        .atMost(Product.PATIENCE)
        .until(() -> alice.said(conversation), said -> said.size() == 4);
    assertThat(alice.said(conversation).getLast()).contains("2 harps").contains("cancelled");
    assertThat(alice.get("/api/chat/" + conversation).body().at("/messages/6/callId").asText())
        .isEqualTo(purchase);
    product.phoneOf("alice").approve("Do you want to buy 2 harps");
    assertThat(product.orders("harps")).isEmpty();
  }

  /** What Temporal and its database have to do for each, and to keep. */
  @Test
  void aPurchaseTakesFewEventsAndTasksFromTheChatAndFromTheApi() {
    Api alice = product.as("alice");
    String said = alice.say(null, "Buy 1 sundial").body().at("/calls/0/id").asText();
    String bought = alice.buy(1, "hourglass");
    product.phoneOf("alice").approve("Do you want to buy 1 sundial");
    product.phoneOf("alice").approve("Do you want to buy 1 hourglass");

    for (String purchase : List.of(said, bought)) {
      awaitStatus(alice, purchase, "ORDERED");
      await()
          .atMost(Product.PATIENCE)
          .until(
              () ->
                  histories.count(
                      purchase, HistoryEvent::hasWorkflowExecutionCompletedEventAttributes),
              ends -> ends == 1);
      assumeFalse(histories.hasRepetitions(purchase), () -> histories.told(purchase));
      long tasks = histories.count(purchase, HistoryEvent::hasWorkflowTaskCompletedEventAttributes);
      long others =
          histories.count(
              purchase, event -> !event.getEventType().name().contains("WORKFLOW_TASK"));
      assertThat(tasks).as(histories.told(purchase)).isLessThanOrEqualTo(4);
      assertThat(others + 3 * tasks).as(histories.told(purchase)).isLessThanOrEqualTo(26);
    }
  }

  @Test
  void saysThatAPurchaseWasTerminatedAndListsItAsFailed() {
    Api alice = product.as("alice");
    JsonNode turn = alice.say(null, "Buy 2 lyres").body();
    String conversation = turn.path("conversationId").asText();
    String purchase = turn.at("/calls/0/id").asText();
    awaitStatus(alice, purchase, "AWAITING_APPROVAL");

    histories.terminate(purchase);

    awaitStatus(alice, purchase, "FAILED");
    await()
        .atMost(Product.PATIENCE)
        .until(() -> alice.said(conversation), said -> said.size() == 2);
    assertThat(alice.said(conversation).getLast()).contains("2 lyres").contains("stopped");
    await()
        .atMost(Product.PATIENCE)
        .until(
            () -> alice.get("/api/purchases?status=FAILED").body().findValuesAsText("product"),
            products -> products.contains("lyres"));
    assertThat(
            alice.get("/api/purchases?status=AWAITING_APPROVAL").body().findValuesAsText("product"))
        .doesNotContain("lyres");
    assertThat(alice.call("POST", "/api/purchases/" + purchase + "/cancel", null).status())
        .isEqualTo(409);
  }

  @Test
  void deletesAConversationForGoodAndLeavesItsPurchaseAlone() {
    Api alice = product.as("alice");
    String key = UUID.randomUUID().toString();
    String body = "{\"message\": \"Buy 1 drum\"}";
    JsonNode turn = alice.post("/api/chat", body, "Idempotency-Key", key).body();
    String conversation = turn.path("conversationId").asText();
    String purchase = turn.at("/calls/0/id").asText();
    awaitStatus(alice, purchase, "AWAITING_APPROVAL");
    await().atMost(Product.PATIENCE).until(() -> listed(alice).contains(conversation));
    String run = histories.runOf(conversation);

    assertThat(product.as("bob").call("DELETE", "/api/chat/" + conversation, null).status())
        .isEqualTo(404);
    assertThat(alice.call("DELETE", "/api/chat/" + conversation, null).status()).isEqualTo(204);

    assertThat(alice.call("DELETE", "/api/chat/" + conversation, null).status()).isEqualTo(404);
    assertThat(alice.get("/api/chat/" + conversation).status()).isEqualTo(404);
    assertThat(alice.say(conversation, "Hello").status()).isEqualTo(404);
    assertThat(alice.post("/api/chat", body, "Idempotency-Key", key).status()).isEqualTo(404);
    assertThat(listed(alice)).doesNotContain(conversation);
    await().atMost(Product.PATIENCE).until(() -> !histories.has(conversation, run));
    assertThat(alice.post("/api/chat", body, "Idempotency-Key", key).status()).isEqualTo(404);

    product.phoneOf("alice").approve("Do you want to buy 1 drum");
    awaitStatus(alice, purchase, "ORDERED");
    assertThat(product.orders("drum")).hasSize(1);
    await()
        .atMost(Product.PATIENCE)
        .until(
            () ->
                Api.elements(alice.get("/api/purchases").body().path("purchases"))
                    .map(listed -> listed.path("id").asText())
                    .toList(),
            ids -> ids.contains(purchase));
  }

  @Test
  void answersATurnThatRunsWithNotFoundWhenItsConversationIsDeleted() throws Exception {
    Api alice = product.as("alice");
    String conversation = begin(alice, "What is pending?");
    var held = new CountDownLatch(1);
    int told = product.toldToTheModel.size();
    product.holdModel(held);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var turn =
          CompletableFuture.supplyAsync(
              () -> alice.say(conversation, "Are you there?").status(), executor);
      await().atMost(Product.PATIENCE).until(() -> product.toldToTheModel.size() > told);

      assertThat(alice.call("DELETE", "/api/chat/" + conversation, null).status()).isEqualTo(204);

      assertThat(turn.get()).isEqualTo(404);
    } finally {
      held.countDown();
    }
  }

  private static String begin(Api user, String message) {
    Api.Answer answer = user.say(null, message);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().path("conversationId").asText();
  }

  private static String answer(Api user, String conversation, String message) {
    return user.say(conversation, message).body().at("/messages/1/text").asText();
  }

  private static List<String> listed(Api user) {
    return Api.elements(user.get("/api/chat").body().path("conversations"))
        .map(conversation -> conversation.path("conversationId").asText())
        .toList();
  }
}
