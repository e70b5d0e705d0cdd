package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.app.chat.conversation.ChatFixtures;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Records histories of conversations into the directory that the property {@code histories.into}
 * names, unless they are there already.
 */
@EnabledIfSystemProperty(named = "histories.into", matches = ".+")
class ConversationRecorder {
  private static final Path INTO = Path.of(System.getProperty("histories.into", ""));

  @RegisterExtension static final Product product = new Product().startApplication();

  @Test
  void recordsAConversationThatBuys() throws IOException {
    record(
        "conversation",
        () -> {
          JsonNode turn = product.as("alice").say(null, "Buy 2 vases").body();
          product.phoneOf("alice").approve("Do you want to buy 2 vases");
          String conversation = turn.path("conversationId").asText();
          awaitMessages(conversation, 3);
          return conversation;
        });
  }

  @Test
  void recordsAConversationThatIsReturnedTheEnd() throws IOException {
    record(
        "conversation-returned-the-end",
        () -> {
          JsonNode turn = product.as("alice").say(null, "Buy 3 vases").body();
          product.phoneOf("alice").approve("Do you want to buy 3 vases");
          String conversation = turn.path("conversationId").asText();
          awaitMessages(conversation, 3);
          return conversation;
        });
  }

  @Test
  void recordsAConversationThatHandsItsCallsOver() throws IOException {
    Path first = INTO.resolve("conversation-handed-over.json");
    Path second = INTO.resolve("conversation-told-by-signal.json");
    Path call = INTO.resolve("call-handed-over.json");
    if (Files.exists(first) && Files.exists(second) && Files.exists(call)) {
      return;
    }
    var client = product.application().getBean(WorkflowClient.class);
    String conversation = ChatFixtures.startShortRuns(client, Product.USERS, "auth0|alice");
    try (Histories histories = new Histories(product)) {
      String run = histories.runOf(conversation);
      JsonNode turn = product.as("alice").say(conversation, "Buy 4 vases").body();
      await().atMost(Product.PATIENCE).until(() -> !histories.runOf(conversation).equals(run));
      product.phoneOf("alice").approve("Do you want to buy 4 vases");
      awaitMessages(conversation, 3);
      Files.writeString(first, client.fetchHistory(conversation, run).toJson(true) + "\n");
      Files.writeString(second, histories.json(conversation) + "\n");
      Files.writeString(
          call, histories.json(turn.path("calls").path(0).path("id").asText()) + "\n");
    }
  }

  @Test
  void recordsAConversationThatListsAndCancels() throws IOException {
    record(
        "conversation-that-lists-and-cancels",
        () -> {
          JsonNode turn = product.as("alice").say(null, "Buy 2 drums").body();
          String conversation = turn.path("conversationId").asText();
          String id = turn.path("calls").path(0).path("id").asText();
          Product.awaitStatus(product.as("alice"), id, "AWAITING_APPROVAL");
          product.as("alice").say(conversation, "What is pending?");
          product.as("alice").say(conversation, "Cancel it");
          awaitMessages(conversation, 7);
          return conversation;
        });
  }

  @Test
  void recordsThatAConversationIsForgotten() throws IOException {
    record(
        "conversation-forgotten",
        () -> {
          JsonNode turn = product.as("alice").say(null, "Hello").body();
          String conversation = turn.path("conversationId").asText();
          product.as("alice").call("DELETE", "/api/chat/" + conversation, null);
          var client = product.application().getBean(WorkflowClient.class);
          await()
              .atMost(Product.PATIENCE)
              .until(() ->
                  client.newUntypedWorkflowStub(conversation).describe().getCloseTime() != null);
          return conversation;
        });
  }

  @Test
  void recordsThatAConversationIsRenamed() throws IOException {
    record(
        "conversation-renamed",
        () -> {
          Api alice = product.as("alice");
          String conversation = alice.say(null, "Hello").body().path("conversationId").asText();
          String title = "{\"title\": \"Things for the garden\"}";
          alice.call(
              "PATCH", "/api/chat/" + conversation, title, "Content-Type", "application/json");
          alice.say(conversation, "What is pending?");
          return conversation;
        });
  }

  private static void record(String name, Supplier<String> story) throws IOException {
    Path file = INTO.resolve(name + ".json");
    if (Files.exists(file)) {
      return;
    }
    String conversation = story.get();
    try (Histories histories = new Histories(product)) {
      Files.writeString(file, histories.json(conversation) + "\n");
    }
  }

  private static void awaitMessages(String conversation, int count) {
    await()
        .atMost(Product.PATIENCE)
        .until(() ->
            product.as("alice").get("/api/chat/" + conversation).body().path("messages").size()
                >= count);
  }

  @Test
  void recordsAConversationThatIsFilledWhileATurnWaits() throws Exception {
    Path file = INTO.resolve("conversation-filled-while-a-turn-waited.json");
    if (Files.exists(file)) {
      return;
    }
    Api alice = product.as("alice");
    var client = product.application().getBean(WorkflowClient.class);
    String conversation = ChatFixtures.startAlmostFull(client, Product.USERS, "auth0|alice");
    var model = new CountDownLatch(1);
    product.holdModel(model);
    try (Histories histories = new Histories(product);
        ExecutorService turns = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Api.Answer> filling = turns.submit(() -> alice.say(conversation, "Hello"));
      awaitTurns(histories, conversation, 1);
      Future<Api.Answer> waiting = turns.submit(() -> alice.say(conversation, "Hello again"));
      awaitTurns(histories, conversation, 2);
      model.countDown();
      assertThat(filling.get().status()).isEqualTo(200);
      assertThat(waiting.get().status()).isEqualTo(409);
      Files.writeString(file, histories.json(conversation) + "\n");
    }
  }

  @Test
  void recordsAConversationWhoseAnswerIsStopped() throws Exception {
    Path file = INTO.resolve("conversation-stopped.json");
    if (Files.exists(file)) {
      return;
    }
    Api alice = product.as("alice");
    CountDownLatch never = new CountDownLatch(1);
    String conversation = alice.say(null, "Hello").body().path("conversationId").asText();
    product.holdWord("approve.", never);
    try (Histories histories = new Histories(product);
        ExecutorService turns = Executors.newVirtualThreadPerTaskExecutor();
        EventViewer viewer = new EventViewer(alice, conversation, null)) {
      Future<Api.Answer> turn = turns.submit(() -> alice.say(conversation, "Buy 5 vases"));
      viewer.awaitEvent(event -> event.data().path("text").asText().contains("Nothing is ordered"));
      alice.post("/api/chat/" + conversation + "/messages/3/stop", "");
      assertThat(turn.get().body().at("/messages/1/text").asText()).contains("You stopped");
      Files.writeString(file, histories.json(conversation) + "\n");
    } finally {
      never.countDown();
    }
  }

  private static void awaitTurns(Histories histories, String conversation, int turns) {
    await()
        .atMost(Product.PATIENCE)
        .until(() ->
            histories.count(
                    conversation, HistoryEvent::hasWorkflowExecutionUpdateAcceptedEventAttributes)
                == turns);
  }
}
