package dev.countersign.app.events;

import static dev.countersign.app.events.ScriptedConversation.call;
import static dev.countersign.app.events.ScriptedConversation.message;
import static dev.countersign.guard.CallStatus.AWAITING_APPROVAL;
import static dev.countersign.guard.CallStatus.DENIED;
import static dev.countersign.guard.CallStatus.DONE;
import static dev.countersign.guard.CallStatus.REQUESTED;
import static dev.countersign.guard.CallStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.call.CallView;
import dev.countersign.app.chat.transcript.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewerPositionTest {
  private static final Snapshot BEFORE =
      new Snapshot(
          List.of(message(1), message(2)), List.of(call("p1", AWAITING_APPROVAL, 3)), null, false);
  private static final Snapshot NOW =
      new Snapshot(
          List.of(message(1), message(2), message(3), message(4)),
          List.of(call("p1", DONE, 6), call("p2", DENIED, 4)),
          null,
          false);

  private static List<StreamEvent> sent(@Nullable String lastEventId, Snapshot now) {
    return new ViewerPosition(EventId.of(lastEventId)).advance(now);
  }

  private static List<String> ids(List<StreamEvent> events) {
    return events.stream().map(event -> event.id().toString()).toList();
  }

  private static List<Object> data(List<StreamEvent> events) {
    return events.stream().map(StreamEvent::data).toList();
  }

  @Test
  void sendsAllToANewViewerAndPromisesNoMoreThanWasSent() {
    List<StreamEvent> events = sent(null, NOW);

    assertThat(data(events))
        .containsExactly(
            message(1),
            message(2),
            message(3),
            message(4),
            call("p1", DONE, 6),
            call("p2", DENIED, 4));
    assertThat(ids(events)).containsExactly("1.0", "2.0", "3.0", "4.0", "4.0", "4.10");
  }

  @Test
  void losesNothingWhereverTheConnectionBreaks() {
    List<StreamEvent> burst = new ArrayList<>(sent(null, BEFORE));
    burst.addAll(sent("2.3", NOW));

    for (int received = 0; received <= burst.size(); received++) {
      List<StreamEvent> before = burst.subList(0, received);
      String lastEventId = received == 0 ? null : before.getLast().id().toString();
      List<Object> all = new ArrayList<>(data(before));
      all.addAll(data(sent(lastEventId, NOW)));
      assertThat(all).as("after %s events", received).containsAll(data(sent(null, NOW)));
    }
  }

  @Test
  void sendsNothingAgainToWhoHasAll() {
    assertThat(sent("4.10", NOW)).isEmpty();
  }

  @Test
  void sendsOnlyWhatHasChangedOnTheSameStream() {
    ViewerPosition position = new ViewerPosition(EventId.NOTHING);
    assertThat(position.advance(BEFORE)).hasSize(3);

    Snapshot spoken =
        new Snapshot(List.of(message(1), message(2), message(3)), BEFORE.calls(), null, false);
    assertThat(ids(position.advance(spoken))).containsExactly("3.3");
    assertThat(data(position.advance(NOW)))
        .containsExactly(message(4), call("p1", DONE, 6), call("p2", DENIED, 4));
    assertThat(position.advance(NOW)).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "x", "4", "4.", ".10", "-4.10", "4.10.1", "4,10", "5.10", "9999999999.1"})
  void sendsEverythingForAnIdThatIsNone(@Nullable String lastEventId) {
    assertThat(data(sent(lastEventId, NOW))).isEqualTo(data(sent(null, NOW)));
  }

  /** Another process may have seen the changes of two calls in another order. */
  @Test
  void sendsEveryPurchaseToAReturningViewerAsSoonAsAnyHasChanged() {
    CallView late = call("p1", REQUESTED, 2);
    CallView early = call("p2", RUNNING, 3);
    ViewerPosition position = new ViewerPosition(EventId.of("1.5")); // 3 and 2 there
    List<ChatMessage> messages = List.of(message(1));
    assertThat(position.advance(new Snapshot(messages, List.of(late, early), null, false)))
        .isEmpty();

    CallView caughtUp = call("p1", AWAITING_APPROVAL, 3);
    assertThat(
            data(position.advance(new Snapshot(messages, List.of(caughtUp, early), null, false))))
        .containsExactly(caughtUp, early);
  }

  @Test
  void sendsAPurchaseThatHasNoVersionOnceAndAgainWhenItStandsElsewhere() {
    CallView silent = call("p1", AWAITING_APPROVAL, null);
    CallView later = call("p1", DONE, null);
    ViewerPosition position = new ViewerPosition(EventId.NOTHING);

    assertThat(data(position.advance(new Snapshot(List.of(), List.of(silent), null, false))))
        .containsExactly(silent);
    assertThat(position.advance(new Snapshot(List.of(), List.of(silent), null, false))).isEmpty();
    assertThat(data(position.advance(new Snapshot(List.of(), List.of(later), null, false))))
        .containsExactly(later);
  }

  @Test
  void tellsTheEndAfterAllElse() {
    Snapshot ended = new Snapshot(NOW.messages(), NOW.calls(), null, true);

    assertThat(sent("3.10", ended))
        .extracting(StreamEvent::name)
        .containsExactly("message", "ended");
  }

  @Test
  void sendsOfADraftWhatIsNewAndOfAMessageThatItIsVoid() {
    ViewerPosition position = new ViewerPosition(EventId.NOTHING);
    position.advance(BEFORE);

    assertThat(data(position.advance(drafted("A lamp"))))
        .containsExactly(new ViewerPosition.Draft(0, "A lamp"));
    assertThat(data(position.advance(drafted("A lamp costs"))))
        .containsExactly(new ViewerPosition.Draft(6, " costs"));
    assertThat(data(position.advance(drafted("A la 😀"))))
        .containsExactly(new ViewerPosition.Draft(4, " 😀"));
    assertThat(data(position.advance(drafted("A la 😁"))))
        .containsExactly(new ViewerPosition.Draft(5, "😁"));
    assertThat(data(position.advance(drafted(null))))
        .containsExactly(new ViewerPosition.Draft(0, ""));
  }

  @Test
  void saysNothingOfADraftThatAMessageHasReplaced() {
    ViewerPosition position = new ViewerPosition(EventId.NOTHING);
    position.advance(drafted("A lamp"));
    Snapshot answered =
        new Snapshot(List.of(message(1), message(2), message(3)), BEFORE.calls(), null, false);

    assertThat(data(position.advance(answered))).containsExactly(message(3));
  }

  private static Snapshot drafted(@Nullable String draft) {
    return new Snapshot(BEFORE.messages(), BEFORE.calls(), draft, false);
  }
}
