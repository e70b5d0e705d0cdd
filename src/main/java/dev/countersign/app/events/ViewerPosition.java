package dev.countersign.app.events;

import dev.countersign.app.call.CallView;
import dev.countersign.app.chat.transcript.ChatMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one viewer has of a conversation. The id of an event promises no more than was sent up to
 * it, so that a viewer who loses the connection anywhere misses nothing: a message's id has the old
 * sum of the calls' versions, and only the last of the changed calls has the new one.
 */
final class ViewerPosition {
  /** Of a viewer who came back nothing is known here: the first change sends all calls. */
  private final Map<String, CallView> sent = new HashMap<>();

  private EventId has;
  private String draft = "";

  /**
   * Where a viewer goes on.
   *
   * @param lastEventId what it says that it has
   */
  ViewerPosition(EventId lastEventId) {
    has = lastEventId;
  }

  /** What is new to the viewer, in the order in which it must be sent. */
  List<StreamEvent> advance(Snapshot now) {
    if (has.lastMessage() > now.lastMessage()) {
      has = EventId.NOTHING; // no id of this conversation
    }
    List<StreamEvent> events = new ArrayList<>();
    for (ChatMessage message : now.messagesAfter(has.lastMessage())) {
      has = new EventId(message.id(), has.versions());
      events.add(new StreamEvent(has, "message", message));
      draft = "";
    }
    boolean versionsDiffer = now.versions() != has.versions();
    List<CallView> changed =
        now.calls().stream()
            .filter(this::isNew)
            .filter(call -> versionsDiffer || call.version() == null) // silent: it has none
            .toList();
    if (versionsDiffer || !changed.isEmpty()) {
      EventId all = new EventId(has.lastMessage(), now.versions());
      for (CallView call : changed) {
        EventId id = call.equals(changed.getLast()) ? all : has;
        events.add(new StreamEvent(id, "call", call));
        sent.put(call.id(), call);
      }
      has = all;
    }
    String shown = Objects.requireNonNullElse(now.draft(), "");
    if (!shown.equals(draft)) {
      events.add(new StreamEvent(has, "draft", Draft.after(draft, shown)));
      draft = shown;
    }
    if (now.ended()) {
      events.add(new StreamEvent(has, "ended", Map.of()));
    }
    return events;
  }

  /**
   * How the draft of an answer goes on. It is no message, and is void when one comes.
   *
   * @param from how many UTF-16 code units of what was shown before stay
   * @param text what follows them
   */
  record Draft(int from, String text) {
    static Draft after(String before, String now) {
      int from = 0;
      while (from < Math.min(before.length(), now.length())
          && before.charAt(from) == now.charAt(from)) {
        from++;
      }
      if (from > 0 && Character.isHighSurrogate(now.charAt(from - 1))) {
        from--; // no half of a character is sent
      }
      return new Draft(from, now.substring(from));
    }
  }

  private boolean isNew(CallView call) {
    return !call.equals(sent.get(call.id()));
  }
}
