package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** An answer is seen while it comes, at whatever replica, and can be stopped. */
class StreamedAnswerIT {
  @RegisterExtension static final Product product = new Product().startApplication();

  @SuppressWarnings("NullAway.Init")
  private static ConfigurableApplicationContext replica;

  /** Of a model's first answer nobody knows yet how its server passes on thoughts. */
  @BeforeAll
  static void letBothReplicasKnowTheModel() {
    replica = product.startReplica();
    product.scriptedAnswers.put("Hello", () -> "Hello.");
    await()
        .atMost(Product.PATIENCE)
        .until(() -> {
          product.as("alice").say(null, "Hello");
          return Stream.of(product.application(), replica).allMatch(StreamedAnswerIT::hasAnswered);
        });
  }

  private static boolean hasAnswered(ApplicationContext application) {
    return application
            .getBean(MeterRegistry.class)
            .find("gen_ai.client.operation.duration")
            .timers()
            .stream()
            .mapToLong(timer -> timer.count())
            .sum()
        > 0;
  }

  @AfterAll
  static void stop() {
    replica.close();
  }

  @Test
  void showsWordsAsTheyComeToTheViewersOfEveryReplica() {
    String conversation =
        begin("What does a lamp cost?", "A lamp costs five euros, or six.", "six.");
    CountDownLatch six = held.getLast();
    try (EventViewer here = new EventViewer(product.as("alice"), conversation, null);
        EventViewer there = new EventViewer(product.as("alice", replica), conversation, null)) {
      here.awaitEvent(draft("A lamp costs five euros, or"));
      there.awaitEvent(draft("A lamp costs five euros, or"));
      assertThat(here.messages()).containsExactly(1);

      six.countDown();

      assertThat(text(here.awaitMessage(2), 2)).isEqualTo("A lamp costs five euros, or six.");
      assertThat(text(there.awaitMessage(2), 2)).isEqualTo("A lamp costs five euros, or six.");
    }
  }

  @Test
  void endsAnAnswerWithWhatCameWhenItIsStopped() {
    String conversation = begin("What does a table cost?", "A table costs forty euros.", "forty");
    try (EventViewer viewer = new EventViewer(product.as("alice"), conversation, null)) {
      viewer.awaitEvent(draft("A table costs"));

      assertThat(stop(product.as("alice", replica), conversation, 1).status()).isEqualTo(204);

      assertThat(text(viewer.awaitMessage(2), 2))
          .isEqualTo("A table costs\n\n(You stopped this answer; nothing was started.)");
      assertThat(stop(product.as("alice"), conversation, 1).status()).isEqualTo(204);
    }
    Api.Answer next = product.as("alice").say(conversation, "Hello");
    assertThat(next.body().at("/messages/1/text").asText()).isEqualTo("Hello.");
  }

  @Test
  void stopsNothingOfOthersAndNoOtherAnswer() {
    String conversation = begin("What does a chair cost?", "A chair costs nine euros.", "nine");
    CountDownLatch nine = held.getLast();
    try (EventViewer viewer = new EventViewer(product.as("alice"), conversation, null)) {
      viewer.awaitEvent(draft("A chair costs"));

      assertThat(stop(product.as("bob"), conversation, 1).status()).isEqualTo(404);
      assertThat(stop(product.as("alice"), conversation, 2).status()).isEqualTo(204);
      nine.countDown();

      assertThat(text(viewer.awaitMessage(2), 2)).isEqualTo("A chair costs nine euros.");
    }
  }

  @Test
  void saysFirstWhatItHasDoneAndLeavesThatAloneWhenItIsStopped() {
    CountDownLatch never = new CountDownLatch(1);
    product.holdWord("approve.", never);
    String conversation = leave("Buy 3 gongs");
    String asked = "Your approval is needed: \"Do you want to buy 3 gongs\".";
    try (EventViewer viewer = new EventViewer(product.as("alice"), conversation, null)) {
      viewer.awaitEvent(event -> draftText(event).startsWith(asked));
      viewer.awaitStatus("AWAITING_APPROVAL");

      stop(product.as("alice"), conversation, 1);

      assertThat(text(viewer.awaitMessage(2), 2))
          .startsWith(asked)
          .endsWith("(You stopped this answer; nothing else was started.)");
      product.phoneOf("alice").approve("Do you want to buy 3 gongs");
      viewer.awaitStatus("DONE");
    } finally {
      never.countDown();
    }
  }

  private final List<CountDownLatch> held = new ArrayList<>();

  /** A conversation whose first answer stops before a word. */
  private String begin(String question, String answer, String word) {
    product.scriptedAnswers.put(question, () -> answer);
    held.add(new CountDownLatch(1));
    product.holdWord(word, held.getLast());
    return leave(question);
  }

  private static String leave(String question) {
    Api.Answer taken =
        product
            .as("alice")
            .post(
                "/api/chat",
                "{\"message\": \"" + question + "\"}",
                "Prefer",
                "respond-async",
                "Idempotency-Key",
                UUID.randomUUID().toString());
    assertThat(taken.status()).isEqualTo(202);
    return taken.body().path("conversationId").asText();
  }

  private static Api.Answer stop(Api user, String conversation, int message) {
    return user.post("/api/chat/" + conversation + "/messages/" + message + "/stop", "");
  }

  private static Predicate<EventViewer.Event> draft(String end) {
    return event -> !draftText(event).isEmpty() && end.endsWith(draftText(event));
  }

  private static String draftText(EventViewer.Event event) {
    return event.name().equals("draft") ? event.data().path("text").asText() : "";
  }

  private static String text(EventViewer viewer, int message) {
    return viewer.events.stream()
        .filter(event -> event.name().equals("message"))
        .map(EventViewer.Event::data)
        .filter(data -> data.path("id").asInt() == message)
        .map((JsonNode data) -> data.path("text").asText())
        .findFirst()
        .orElseThrow();
  }
}
