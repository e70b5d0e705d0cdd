package dev.countersign.app.events;

import dev.countersign.app.call.CallView;
import dev.countersign.app.chat.transcript.ChatMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one viewer has of a conversation. The id of an event promises no more than was sent up to
 * it, so that a viewer who loses the connection anywhere misses nothing: a message's id has the old
 * sum of the calls' versions, and only the last of the changed calls has the new one.
 */
final class ViewerPosition {
  /** Of a viewer who came back nothing is known here: the first change sends all calls. */
  private final Map<String, CallView> sent = new HashMap<>();

  private EventId has;

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
    if (now.ended()) {
      events.add(new StreamEvent(has, "ended", Map.of()));
    }
    return events;
  }

  private boolean isNew(CallView call) {
    return !call.equals(sent.get(call.id()));
  }
}
