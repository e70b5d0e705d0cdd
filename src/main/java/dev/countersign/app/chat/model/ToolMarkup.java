package dev.countersign.app.chat.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of tools that a server passes on as text, because it doesn't read its model's markup. */
final class ToolMarkup {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of Qwen and Hermes, Llama, Mistral, DeepSeek, Granite and Phi, gpt-oss, GLM, Gemma. */
  private static final Pattern MARKUP =
      Pattern.compile(
          "(?i)</?tool_calls?>|<\\|?tool_calls?(_begin|_start)?\\|?>|<\\|python_tag\\|>"
              + "|\\[TOOL_CALLS]|<\\W?tool\\Wcalls?\\Wbegin\\W?>|<function(=|_call|\\s+name=)"
              + "|<invoke\\s+name=|to=functions\\.|```tool_(code|call)|<start_function_call>"
              + "|<\\|tool_calls_section_begin\\|>|<arg_key>");

  private static final Pattern FENCED =
      Pattern.compile("(?s)\\A\\s*(?:```(?:json)?\\s*)?([\\[{].*[\\]}])\\s*(?:```)?\\s*\\z");

  private ToolMarkup() {}

  /**
   * Whether a text is, or has in it, a call of a tool.
   *
   * @param isTool whether there is a tool of a name: JSON of anything else is a text like any other
   */
  static boolean isIn(String text, Predicate<String> isTool) {
    if (isMarked(text)) {
      return true;
    }
    Matcher fenced = FENCED.matcher(text);
    return fenced.matches() && isCall(fenced.group(1), isTool);
  }

  /** Whether a text has in it what nothing but calls of tools are marked with. */
  static boolean isMarked(String text) {
    return MARKUP.matcher(text).find();
  }

  private static boolean isCall(String json, Predicate<String> isTool) {
    try {
      JsonNode node = JSON.readTree(json);
      JsonNode call = node.isArray() ? node.path(0) : node;
      JsonNode function = call.path("function").isObject() ? call.path("function") : call;
      String name =
          function.path("function").isTextual()
              ? function.path("function").asText()
              : function.path("name").asText();
      return isTool.test(name);
    } catch (JsonProcessingException _) {
      return false;
    }
  }
}
