package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The body of a request for a chat completion. */
record WireRequest(JsonNode body) {

  List<WireMessage> messages() {
    List<WireMessage> messages = new ArrayList<>();
    for (JsonNode node : body.path("messages")) {
      messages.add(new WireMessage(messages.size(), node));
    }
    return messages;
  }

  /** Without the system prompt. */
  List<WireMessage> conversation() {
    return messages().stream()
        .filter(message -> message.index() > 0 || !isPrompt(message))
        .toList();
  }

  private static boolean isPrompt(WireMessage message) {
    return message.is("system") || message.is("developer");
  }

  /** What came since the user's last words, and these words: none of them, where there are none. */
  List<WireMessage> currentTurn() {
    List<WireMessage> messages = messages();
    int from = messages.size();
    for (WireMessage message : messages) {
      if (message.is("user")) {
        from = message.index();
      }
    }
    return messages.subList(Math.min(from, messages.size()), messages.size());
  }

  boolean declaresTools() {
    return !body.path("tools").isEmpty();
  }

  /** Whether the model may call a tool. */
  boolean offersTools() {
    return declaresTools() && !"none".equals(toolChoice());
  }

  /** Empty: it says none, or names one tool. */
  String toolChoice() {
    return body.path("tool_choice").asText("");
  }

  boolean hasCalls() {
    return messages().stream().anyMatch(message -> message.callsTools() || message.is("tool"));
  }

  boolean streams() {
    return body.path("stream").asBoolean();
  }

  boolean wantsUsage() {
    return body.at("/stream_options/include_usage").asBoolean();
  }
}
