package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The members of a request that a server knows, as far as it refuses others. */
record KnownMembers(Set<String> ofRequest, Set<String> ofMessage, Set<String> ofCall) {

  /**
   * A member that is none of them.
   *
   * @param message in which it stands; empty: in the request itself
   */
  record Unknown(Optional<WireMessage> message, String path, String name) {}

  /** The first one. */
  Optional<Unknown> unknown(WireRequest request) {
    Stream<Unknown> above =
        others(request.body(), ofRequest).map(name -> new Unknown(Optional.empty(), name, name));
    return Stream.concat(above, request.messages().stream().flatMap(this::unknown)).findFirst();
  }

  private Stream<Unknown> unknown(WireMessage message) {
    String at = "messages[" + message.index() + "].";
    Stream<Unknown> direct =
        others(message.node(), ofMessage)
            .map(name -> new Unknown(Optional.of(message), at + name, name));
    Stream<Unknown> inCalls =
        message.calls().stream()
            .flatMap(call -> others(call, ofCall))
            .map(name -> new Unknown(Optional.of(message), at + "tool_calls[0]." + name, name));
    return Stream.concat(direct, inCalls);
  }

  private static Stream<String> others(JsonNode object, Set<String> known) {
    return object.propertyStream().map(Map.Entry::getKey).filter(name -> !known.contains(name));
  }
}
