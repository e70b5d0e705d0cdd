package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A chat completion as OpenAI defines it, which kinds then change. */
record Completion(ObjectNode body) {

  static Completion words(String id, String text) {
    Completion completion = begun(id, "stop");
    completion.message().put("content", text);
    return completion;
  }

  /** With one call; its content is null. */
  static Completion call(String id, String callId, Thought.Call call) {
    Completion completion = begun(id, "tool_calls");
    ObjectNode message = completion.message().putNull("content");
    message
        .putArray("tool_calls")
        .addObject()
        .put("id", callId)
        .put("type", "function")
        .putObject("function")
        .put("name", call.tool())
        .put("arguments", call.arguments().toString());
    return completion;
  }

  /** Either of them. */
  static Completion of(String id, String callId, Thought thought) {
    return switch (thought) {
      case Thought.Words(var text) -> words(id, text);
      case Thought.Call call -> call(id, callId, call);
    };
  }

  private static Completion begun(String id, String finishReason) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("id", id).put("object", "chat.completion").put("created", 1_790_000_000);
    body.put("model", "a-model");
    ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant");
    choice.putNull("logprobs").put("finish_reason", finishReason);
    body.putObject("usage")
        .put("prompt_tokens", 40)
        .put("completion_tokens", 2)
        .put("total_tokens", 42);
    return new Completion(body);
  }

  ObjectNode choice() {
    return (ObjectNode) body.at("/choices/0");
  }

  ObjectNode message() {
    return (ObjectNode) choice().path("message");
  }

  boolean isCall() {
    return message().has("tool_calls");
  }

  /** Its only call. */
  ObjectNode toolCall() {
    return (ObjectNode) message().at("/tool_calls/0");
  }

  ObjectNode function() {
    return (ObjectNode) toolCall().path("function");
  }
}
