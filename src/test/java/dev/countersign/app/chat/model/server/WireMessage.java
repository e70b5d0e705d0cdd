package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A message of a request.
 *
 * @param index its place among the messages, from 0
 */
record WireMessage(int index, JsonNode node) {

  String role() {
    return node.path("role").asText();
  }

  boolean is(String role) {
    return role.equals(role());
  }

  boolean has(String member) {
    return node.has(member);
  }

  /** Its words, be they a text or parts; empty: it has none. */
  String text() {
    JsonNode content = node.path("content");
    return content.isArray()
        ? StreamSupport.stream(content.spliterator(), false)
            .map(part -> part.path("text").asText(""))
            .collect(Collectors.joining("\n"))
        : content.asText("");
  }

  List<JsonNode> calls() {
    return StreamSupport.stream(node.path("tool_calls").spliterator(), false).toList();
  }

  boolean callsTools() {
    return !calls().isEmpty();
  }

  /** Words of the assistant's without a call. */
  boolean isAnswer() {
    return is("assistant") && !callsTools();
  }

  String callId() {
    return node.path("tool_call_id").asText("");
  }
}
