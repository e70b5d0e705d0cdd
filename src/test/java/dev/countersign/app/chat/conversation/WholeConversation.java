package dev.countersign.app.chat.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.app.chat.model.server.ModelServer;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.guard.CallStatus;
import java.time.Duration;

/**
 * A conversation in which all comes that a history can have in it: a purchase that is approved, one
 * that is denied, and one that is listed and cancelled.
 *
 * @param bed whose model's activity asks the server
 * @param server what the model is, to which nobody has spoken yet
 */
public record WholeConversation(ConversationTestBed bed, ModelServer server) {
  private static final String ORDERED = "Your order was placed: Created.";
  private static final String DENIED = "You denied the request. Nothing was ordered.";

  /**
   * Fails where anything comes otherwise.
   *
   * @param mostRefusals how many requests the server may have refused
   */
  public void hold(int mostRefusals) {
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
    assertThat(server.refusals()).hasSizeLessThanOrEqualTo(mostRefusals);
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
