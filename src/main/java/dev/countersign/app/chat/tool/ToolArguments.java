package dev.countersign.app.chat.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.transcript.Stored;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.CancelCall;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.app.chat.transcript.ToolCall.ListCall;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of tool calls as JSON, as the model writes and reads them. */
public final class ToolArguments {
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final int MAX_ARGUMENTS = 4_000;

  /** As they are stored. */
  private static final int MAX_KEPT_BYTES = 2_000;

  private ToolArguments() {}

  /** Servers refuse a transcript whose arguments they can't parse, so only an object is kept. */
  static Optional<ObjectNode> object(String arguments) {
    if (arguments.length() > MAX_ARGUMENTS) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(arguments);
      if (node.isTextual()) { // some servers encode them twice
        node = JSON.readTree(node.textValue());
      }
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JsonProcessingException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  /**
   * What the model is told of arguments that it has to mend: what it should do stands in a line of
   * its own, for it is nothing to the user.
   *
   * @param sentence what is wrong, which the user may read too
   */
  static String toBeMended(String sentence) {
    return sentence + "\nCall the tool again with valid arguments, or ask.";
  }

  /** What is kept of arguments that no call can be made of: nothing, if it were much. */
  static String kept(ObjectNode arguments) {
    String json = arguments.toString();
    return Stored.textBytes(json) <= MAX_KEPT_BYTES ? json : "{}";
  }

  /** A kept result in words: a text as it is, anything else as its JSON; null: there is none. */
  static @Nullable String text(@Nullable String result) {
    if (result == null) {
      return null;
    }
    try {
      JsonNode value = JSON.readTree(result);
      return value.isTextual() ? value.textValue() : result;
    } catch (JsonProcessingException | NumberFormatException _) {
      return result;
    }
  }

  /** The same of a call's arguments, a JSON object. */
  public static String kept(String arguments) {
    return Stored.textBytes(arguments) <= MAX_KEPT_BYTES ? arguments : "{}";
  }

  /** Those of a call that was checked. */
  public static String of(ToolCall call) {
    return switch (call) {
      case GuardedToolCall guarded -> guarded.arguments();
      case ListCall(_, var status) ->
          (status == null
                  ? JSON.createObjectNode()
                  : JSON.createObjectNode().put(ListRequestsTool.STATUS, status))
              .toString();
      case CancelCall(_, var request) ->
          JSON.createObjectNode().put(CancelRequestTool.REQUEST, request).toString();
      case InvalidCall invalid -> invalid.arguments();
    };
  }
}
