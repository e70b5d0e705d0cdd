package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether each call in a request has its result, right after it, and each result its call. */
record CallsAndResults(List<WireMessage> messages) {

  /**
   * What is amiss.
   *
   * @param message whose calls lack results, or which is a result of no call
   * @param ids of the calls that lack results; empty: it is a result of no call
   */
  record Fault(WireMessage message, Set<String> ids) {}

  /** The first fault. */
  Optional<Fault> fault() {
    WireMessage caller = null;
    Set<String> open = new LinkedHashSet<>();
    for (WireMessage message : messages) {
      if (message.is("tool")) {
        if (!open.remove(message.callId())) {
          return Optional.of(new Fault(message, Set.of()));
        }
        continue;
      }
      if (caller != null && !open.isEmpty()) {
        return Optional.of(new Fault(caller, open));
      }
      caller = message;
      for (JsonNode call : message.calls()) {
        open.add(call.path("id").asText());
      }
    }
    return caller == null || open.isEmpty()
        ? Optional.empty()
        : Optional.of(new Fault(caller, open));
  }
}
