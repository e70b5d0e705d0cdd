package dev.countersign.app.chat.model.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The request of a chat completion, as every server takes it. */
final class WireRequest {
  private WireRequest() {}

  /**
   * Adds to the assistant's messages what came with them, and the member {@code content}, which
   * some servers want to be there.
   *
   * @param completionTokens whether {@code max_tokens} is called {@code max_completion_tokens}
   * @param term whether the answer is asked for as a stream
   */
  static String complete(
      String body, WireCall call, boolean completionTokens, StreamTerms.Term term)
      throws JsonProcessingException {
    JsonNode request = Wire.read(body);
    if (request instanceof ObjectNode object) {
      if (completionTokens && object.has("max_tokens")) {
        object.set("max_completion_tokens", object.remove("max_tokens"));
      }
      term.addTo(object);
    }
    int assistants = 0;
    for (JsonNode each : request.path("messages")) {
      if (each instanceof ObjectNode message && message.path("role").asText().equals("assistant")) {
        if (!message.has("content")) {
          message.putNull("content");
        }
        String extras = call.extrasOf(assistants++);
        if (extras != null) {
          Extras.add(Wire.read(extras), message);
        }
      }
    }
    return request.toString();
  }
}
