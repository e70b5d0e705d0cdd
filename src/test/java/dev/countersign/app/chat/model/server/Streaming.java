package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** How servers stream a completion: words piece by piece, calls in one of two ways. */
enum Streaming {
  /** A call comes by its index: name and id first, then the arguments in pieces. */
  FRAGMENTS,
  /** The same, after a chunk that has no choices and says what a filter found. */
  AFTER_A_CHUNK_WITHOUT_CHOICES,
  /** A call comes in one piece. */
  WHOLE,
  /** The same; the last chunk with a choice tells the tokens, whether asked for or not. */
  WHOLE_WITH_USAGE;

  /**
   * The data of the events, in their order, without the final {@code [DONE]}.
   *
   * @param usage whether tokens are told in a last chunk without choices
   */
  List<ObjectNode> chunks(Completion completion, boolean usage) {
    List<ObjectNode> chunks = new ArrayList<>();
    if (this == AFTER_A_CHUNK_WITHOUT_CHOICES) {
      ObjectNode found = chunk(completion, delta());
      found.putArray("choices");
      chunks.add(found);
    }
    chunks.add(chunk(completion, delta().put("role", "assistant").put("content", "")));
    completion
        .message()
        .properties()
        .forEach(member -> {
          switch (member.getKey()) {
            case "role" -> {}
            case "content" -> words(completion, member.getValue(), chunks);
            case "tool_calls" -> call(completion, chunks);
            default -> chunks.add(chunk(completion, extra(member.getKey(), member.getValue())));
          }
        });
    ObjectNode last = chunk(completion, delta());
    ((ObjectNode) last.at("/choices/0"))
        .set("finish_reason", completion.choice().path("finish_reason"));
    chunks.add(last);
    if (this == WHOLE_WITH_USAGE) {
      last.set("usage", completion.body().path("usage"));
    } else if (usage) {
      ObjectNode tokens = chunk(completion, delta());
      tokens.putArray("choices");
      tokens.set("usage", completion.body().path("usage"));
      chunks.add(tokens);
    }
    return chunks;
  }

  private static ObjectNode delta() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode extra(String name, JsonNode value) {
    ObjectNode delta = delta();
    delta.set(name, value);
    return delta;
  }

  private static void words(Completion completion, JsonNode content, List<ObjectNode> chunks) {
    if (content.isArray()) {
      chunks.add(chunk(completion, extra("content", content)));
    } else if (content.isTextual()) {
      for (String piece : content.asText().split("(?<= )", -1)) {
        chunks.add(chunk(completion, delta().put("content", piece)));
      }
    }
  }

  private void call(Completion completion, List<ObjectNode> chunks) {
    ObjectNode call = completion.toolCall().deepCopy().put("index", 0);
    JsonNode arguments = completion.function().path("arguments");
    if (this == WHOLE || this == WHOLE_WITH_USAGE || !arguments.isTextual()) {
      chunks.add(chunk(completion, calls(call)));
      return;
    }
    ((ObjectNode) call.path("function")).put("arguments", "");
    chunks.add(chunk(completion, calls(call)));
    for (String piece : arguments.asText().split("(?<=[:,])", -1)) {
      ObjectNode more = delta().put("index", 0);
      more.putObject("function").put("arguments", piece);
      chunks.add(chunk(completion, calls(more)));
    }
  }

  private static ObjectNode calls(ObjectNode call) {
    ObjectNode delta = delta();
    delta.putArray("tool_calls").add(call);
    return delta;
  }

  private static ObjectNode chunk(Completion completion, ObjectNode delta) {
    ObjectNode chunk = completion.body().deepCopy();
    chunk.put("object", "chat.completion.chunk").remove("usage");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.putNull("finish_reason");
    return chunk;
  }
}
