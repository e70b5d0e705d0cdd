package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Mistral's models want of messages, wherever they are served. */
final class MistralRules {
  private static final String ID = "[a-zA-Z0-9]{9}";
  private static final Map<String, Set<String>> FOLLOWERS =
      Map.of(
          "system", Set.of("user", "assistant", "system"),
          "user", Set.of("assistant", "user", "system"),
          "assistant", Set.of("user", "tool"),
          "tool", Set.of("assistant", "tool"));

  private MistralRules() {}

  /**
   * What is amiss.
   *
   * @param code of Mistral's API
   */
  record Fault(String type, String code, String message) {}

  static Optional<Fault> fault(List<WireMessage> messages) {
    WireMessage last = messages.getLast();
    if (last.is("assistant")) {
      return order(
          "Expected last role User or Tool (or Assistant with prefix True) for serving but got"
              + " assistant");
    }
    for (int i = 1; i < messages.size(); i++) {
      String role = messages.get(i).role();
      String before = messages.get(i - 1).role();
      if (!FOLLOWERS.getOrDefault(before, Set.of()).contains(role)) {
        return order("Unexpected role '" + role + "' after role '" + before + "'");
      }
    }
    if (new CallsAndResults(messages).fault().isPresent()) {
      return order("Not the same number of function calls and responses");
    }
    return messages.stream().flatMap(message -> fault(message).stream()).findFirst();
  }

  private static Optional<Fault> fault(WireMessage message) {
    if (message.isAnswer() && message.text().isEmpty()) {
      return Optional.of(
          new Fault(
              "invalid_request_assistant_message",
              "3240",
              "Assistant message must have either content or tool_calls, but not none."));
    }
    if (message.is("tool") && !message.callId().matches(ID)) {
      return id(message.callId());
    }
    return message.calls().stream()
        .map(MistralRules::id)
        .filter(id -> !id.matches(ID))
        .findFirst()
        .flatMap(MistralRules::id);
  }

  private static String id(JsonNode call) {
    return call.path("id").asText();
  }

  private static Optional<Fault> id(String id) {
    return Optional.of(
        new Fault(
            "invalid_function_call",
            "3280",
            "Tool call id was " + id + " but must be a-z, A-Z, 0-9, with a length of 9."));
  }

  private static Optional<Fault> order(String message) {
    return Optional.of(new Fault("invalid_request_message_order", "3230", message));
  }
}
