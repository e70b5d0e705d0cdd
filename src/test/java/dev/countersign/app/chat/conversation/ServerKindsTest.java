package dev.countersign.app.chat.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.app.chat.model.ModelActivities;
import dev.countersign.app.chat.model.WiredModel;
import dev.countersign.app.chat.model.server.ModelServer;
import dev.countersign.app.chat.model.server.ServerKinds;
import dev.countersign.app.chat.model.server.UnreadyServers;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.guard.CallStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same conversation with a model server of each kind, over HTTP. */
@Timeout(120)
class ServerKindsTest {
  private static final String ORDERED = "Your order was placed: Created.";
  private static final String DENIED = "You denied the request. Nothing was ordered.";

  private @Nullable ModelServer server;
  private @Nullable WiredModel model;

  @RegisterExtension final ConversationTestBed bed = new ConversationTestBed(wired());

  /** Of the server that a test starts. */
  private ModelActivities wired() {
    return call -> Objects.requireNonNull(model).callModel(call);
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  static Stream<Arguments> kindsWithAndWithoutStreams() {
    return Arrays.stream(ServerKinds.values())
        .flatMap(kind -> Stream.of(arguments(kind, true), arguments(kind, false)));
  }

  @ParameterizedTest
  @MethodSource("kindsWithAndWithoutStreams")
  void holdsAWholeConversation(ServerKinds kind, boolean streams) {
    ModelServer server = start(kind.start(), streams);

    TurnAnswer bought = bed.begin("Buy 2 headphones");
    String conversation = bought.conversationId();
    assertThat(said(bought)).contains("Please look at your phone.");
    String headphones = onlyCall(bought);
    bed.fate(headphones).end(CallStatus.DONE, "Created", ORDERED, 1);
    assertThat(outcome(conversation, headphones)).contains("Your order is placed.");
    assertThat(said(bed.goOn(conversation, "Thank you"))).contains("You are welcome.");

    TurnAnswer again = bed.goOn(conversation, "Buy 1 lamp");
    assertThat(said(again)).contains("Please look at your phone.");
    String lamp = onlyCall(again);
    server.brain().lies();
    bed.fate(lamp).end(CallStatus.DENIED, "The user has denied the request", DENIED, 1);
    assertThat(outcome(conversation, lamp)).isEqualTo("\"Do you want to buy 1 lamp\": " + DENIED);

    TurnAnswer third = bed.goOn(conversation, "Buy 3 books");
    String books = onlyCall(third);
    assertThat(said(bed.goOn(conversation, "What is pending?"))).contains("3 books");
    assertThat(said(bed.goOn(conversation, "Cancel it"))).contains("I am cancelling it.");
    assertThat(outcome(conversation, books)).contains("It is cancelled now.");
    assertThat(said(bed.goOn(conversation, "Thank you"))).contains("You are welcome.");

    assertThat(bed.conversations().state(ConversationTestBed.ALICE, conversation).callIds())
        .containsExactly(headphones, lamp, books);
    assertThat(bed.call(headphones).status()).isEqualTo(CallStatus.DONE);
    assertThat(bed.call(lamp).status()).isEqualTo(CallStatus.DENIED);
    assertThat(bed.call(books).status()).isEqualTo(CallStatus.CANCELLED);
    assertThat(server.refusals()).hasSizeLessThanOrEqualTo(1);
    assertThat(server.requests().stream().anyMatch(it -> it.path("stream").asBoolean()))
        .isEqualTo(streams);
  }

  /** No markup is shown, nothing is asked, and the operator's part is named, at once. */
  @ParameterizedTest
  @EnumSource
  void saysThatTheServerIsNotSetUpForTools(UnreadyServers kind) {
    start(kind.start(), true);
    Instant asked = Instant.now();

    TurnAnswer answer = bed.begin("Buy 2 headphones");

    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(answer.callIds()).isEmpty();
    assertThat(said(answer))
        .contains("operator")
        .doesNotContain("shop_online", "{", "<", "TOOL_CALLS");
  }

  private ModelServer start(ModelServer started, boolean streams) {
    server = started;
    model = new WiredModel(started.url(), "sk-test", "a-model", streams);
    return started;
  }

  private static String said(TurnAnswer answer) {
    return answer.messages().getLast().text();
  }

  /** The only call that a turn has begun. */
  private static String onlyCall(TurnAnswer answer) {
    assertThat(answer.callIds()).hasSize(1);
    return answer.callIds().getFirst();
  }

  /** What is said of a call's end, as soon as it is. */
  private String outcome(String conversation, String call) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                bed.messages(conversation).stream()
                    .filter(message -> call.equals(message.callId()))
                    .map(ChatMessage::text)
                    .toList(),
            told -> !told.isEmpty())
        .getLast();
  }
}
