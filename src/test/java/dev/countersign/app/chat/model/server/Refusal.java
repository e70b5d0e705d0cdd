package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer that is no completion.
 *
 * @param status of HTTP
 */
public record Refusal(int status, String body) {

  /** In OpenAI's form: {@code {"error": {"message", "type", "param", "code"}}}. */
  static Refusal openAi(int status, String type, String code, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("message", message)
        .put("type", type)
        .putNull("param")
        .put("code", code);
    return new Refusal(status, body.toString());
  }

  /** A bad request in OpenAI's form. */
  static Refusal openAi(String code, String message) {
    return openAi(400, "invalid_request_error", code, message);
  }
}
