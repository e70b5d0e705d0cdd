package dev.countersign.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.TestTemporal;
import dev.countersign.app.chat.conversation.ConversationWorkflow.ConversationInput;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Conversations are watched as they happen. */
class EventsIT {
  private static final int STREAMS_PER_USER = 10;
  private static final String ALICE = "auth0|alice";

  private static final Duration BEFORE_THE_HEARTBEATS_TELL = Duration.ofSeconds(10);

  /** The workers look for the server ever more rarely, at last once a minute. */
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  @RegisterExtension
  static final Product product =
      new Product().startApplication("countersign.chat.streams-per-user=" + STREAMS_PER_USER);

  @SuppressWarnings("NullAway.Init")
  private static WorkflowServiceStubs temporal;

  @BeforeAll
  static void connect() {
    temporal = TestTemporal.at(product.temporal.target());
  }

  @AfterAll
  static void disconnect() {
    temporal.shutdownNow();
  }

  @Test
  void showsAPurchaseFromTheQuestionToTheOrderToAllViewers() {
    String conversation = begin("Buy 2 headphones");
    try (EventViewer first = watch(conversation);
        EventViewer second = watch(conversation)) {
      first.awaitStatus("AWAITING_APPROVAL");
      second.awaitStatus("AWAITING_APPROVAL");
      product.phoneOf("alice").approve("Do you want to buy 2 headphones");

      first.awaitStatus("DONE").awaitMessage(3);
      second.awaitStatus("DONE").awaitMessage(3);
      assertThat(first.messages()).containsExactly(1, 2, 3);
      assertThat(first.gists()).containsSubsequence("AWAITING_APPROVAL", "DONE");
      assertThat(first.versions()).isSorted().doesNotHaveDuplicates();
      assertThat(second.messages()).isEqualTo(first.messages());
      assertThat(second.lastEventId()).isEqualTo(first.lastEventId());
      assertThat(first.response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }
  }

  @Test
  void sendsAReturningViewerWhatItMissedAndNothingElse() {
    String conversation = begin("Hello");
    String lastEventId;
    try (EventViewer viewer = watch(conversation).awaitMessage(2)) {
      lastEventId = viewer.lastEventId();
    }
    product.as("alice").say(conversation, "What is pending?");

    try (EventViewer viewer = new EventViewer(product.as("alice"), conversation, lastEventId)) {
      viewer.awaitMessage(4);
      assertThat(viewer.messages()).containsExactly(3, 4);
    }
  }

  @Test
  void isNotHeldUpByAViewerWhoDoesNotRead() throws IOException {
    String conversation = begin("Hello");
    try (InputStream unread =
            product.as("alice").stream("/api/chat/" + conversation + "/events", null).body();
        EventViewer viewer = watch(conversation).awaitMessage(2)) {
      product.as("alice").say(conversation, "What is pending?");
      viewer.awaitMessage(4);
      assertThat(new String(unread.readNBytes("retry: ".length()), UTF_8)).isEqualTo("retry: ");
    }
  }

  @Test
  void followsAConversationIntoItsNextRuns() {
    String conversation = "c-" + Product.USERS.of(ALICE) + "-" + "0123456789abcdef".repeat(2);
    client()
        .newUntypedWorkflowStub(
            "Conversation",
            WorkflowOptions.newBuilder()
                .setWorkflowId(conversation)
                .setTaskQueue("countersign")
                .build())
        .start(new ConversationInput(ALICE, 1, null)); // one turn a run
    try (EventViewer viewer = watch(conversation)) {
      for (int turn = 1; turn <= 3; turn++) {
        Api.Answer answer = product.as("alice").say(conversation, "Hello " + turn);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        viewer.awaitMessage(2 * turn);
      }
      assertThat(viewer.messages()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(viewer.hasEnded()).isFalse();
    }
  }

  @Test
  void tellsThatTheConversationHasEnded() {
    String conversation = begin("Hello");
    try (EventViewer viewer = watch(conversation).awaitMessage(2)) {
      client().newUntypedWorkflowStub(conversation).terminate("deleted");

      viewer.awaitEnd();
      assertThat(viewer.gists()).containsExactly("message 1", "message 2", "ended");
    }
  }

  @Test
  void hidesConversationsOfOthers() {
    String conversation = begin("Hello");

    try (EventViewer stranger = new EventViewer(product.as("bob"), conversation, null)) {
      stranger.awaitEnd();
      assertThat(stranger.response.statusCode()).isEqualTo(404);
      assertThat(stranger.response.headers().firstValue("Content-Type"))
          .hasValue("application/problem+json");
    }
  }

  @Test
  void refusesMoreStreamsThanAUserMayHave() {
    Api bob = product.as("bob");
    String conversation = bob.say(null, "Hello").body().path("conversationId").asText();
    List<EventViewer> viewers =
        IntStream.range(0, STREAMS_PER_USER)
            .mapToObj(_ -> new EventViewer(bob, conversation, null).awaitMessage(2))
            .toList();

    Api.Answer refused = bob.get("/api/chat/" + conversation + "/events");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");

    viewers.forEach(EventViewer::close);
    await("pages that were left don't count")
        .atMost(BEFORE_THE_HEARTBEATS_TELL)
        .until(() -> isWelcome(bob, conversation));
  }

  private static boolean isWelcome(Api user, String conversation) {
    try (EventViewer viewer = new EventViewer(user, conversation, null)) {
      return viewer.response.statusCode() == 200;
    }
  }

  @Test
  void goesOnAfterTemporalWasAway() {
    String conversation = begin("Hello");
    try (EventViewer viewer = watch(conversation).awaitMessage(2)) {
      product.temporal.kill();
      product.temporal.restart();
      await()
          .atMost(RECOVERY)
          .until(() -> product.as("alice").say(conversation, "What is pending?").status() == 200);

      viewer.awaitMessage(4);
      assertThat(viewer.messages()).startsWith(1, 2, 3, 4);
    }
  }

  private static WorkflowClient client() {
    return WorkflowClient.newInstance(temporal);
  }

  private static EventViewer watch(String conversation) {
    return new EventViewer(product.as("alice"), conversation, null);
  }

  private static String begin(String message) {
    JsonNode turn = product.as("alice").say(null, message).body();
    assertThat(turn.path("messages")).as("%s", turn).isNotEmpty();
    return turn.path("conversationId").asText();
  }
}
