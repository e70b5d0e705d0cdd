package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Viewers of an application that ends, and of the one that comes after it. */
class EventsRestartIT {
  /** Streams end at once; one that is waited for does so after 40 s. */
  private static final Duration LET_GO = Duration.ofSeconds(15);

  /** The workers' last polls take about 5 s; a stream that is waited for, 40 s. */
  private static final Duration END = Duration.ofSeconds(20);

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

  @Test
  void resumesWithoutGapOrRepetitionAfterACrash() {
    try (AppProcess app = AppProcess.launch(product, "events-crash").awaitReady()) {
      String conversation = begin(app, "Buy 2 headphones");
      EventViewer before = watch(app, conversation, null).awaitStatus("AWAITING_APPROVAL");
      before.awaitMessage(2);
      app.kill();
      before.awaitEnd();
      product.phoneOf("alice").approve("Do you want to buy 2 headphones");
      app.launchAgain();
      app.awaitReady();

      try (EventViewer after = watch(app, conversation, before.lastEventId())) {
        after.awaitStatus("DONE").awaitMessage(3);
        List<Integer> messages = new ArrayList<>(before.messages());
        messages.addAll(after.messages());
        assertThat(messages).containsExactly(1, 2, 3);
        assertThat(after.versions()).isSorted().doesNotHaveDuplicates();
        assertThat(after.versions().getFirst()).isGreaterThan(before.versions().getLast());
      }
    }
  }

  @Test
  void letsViewersGoBeforeItEnds() {
    try (AppProcess app = AppProcess.launch(product, "events-polite").awaitReady()) {
      String conversation = begin(app, "Hello");
      EventViewer viewer = watch(app, conversation, null).awaitMessage(2);
      Instant told = Instant.now();
      app.terminate();
      viewer.awaitEnd();
      assertThat(Instant.now()).isBefore(told.plus(LET_GO));
      assertThat(app.exitCodeWithin(END)).isEqualTo(143);
      assertThat(viewer.gists()).containsExactly("message 1", "message 2");
    }
  }

  private static EventViewer watch(
      AppProcess app, String conversation, @Nullable String lastEventId) {
    return new EventViewer(app.as("alice"), conversation, lastEventId);
  }

  private static String begin(AppProcess app, String message) {
    return app.as("alice").say(null, message).body().path("conversationId").asText();
  }
}
