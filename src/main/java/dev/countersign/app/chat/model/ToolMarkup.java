package dev.countersign.app.chat.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls of tools that a server passes on as text, because it doesn't read its model's markup. Words
 * about such markup quote it as code, and are none; neither is a call of a tool that isn't there.
 */
final class ToolMarkup {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of Qwen and Hermes, Llama, Mistral, DeepSeek, Granite and Phi, gpt-oss, GLM, Gemma. */
  private static final Pattern MARKUP =
      Pattern.compile(
          "(?i)</?tool_calls?>|<\\|?tool_calls?(_begin|_start)?\\|?>|<\\|python_tag\\|>"
              + "|\\[TOOL_CALLS]|<\\W?tool\\Wcalls?\\Wbegin\\W?>|<function(=|_call|\\s+name=)"
              + "|<invoke\\s+name=|to=functions\\.|<\\|channel\\|>\\w+ to=|<start_function_call>"
              + "|<\\|tool_calls_section_begin\\|>|<arg_key>");

  /** How Gemini and Gemma begin a block that is a call. */
  private static final Pattern BLOCK = Pattern.compile("(?im)^[ \\t]*+```tool_(code|call)");

  /** Words that are nothing but code quote nothing. */
  private static final Pattern ALL_CODE =
      Pattern.compile("(?s)```(?:\\w*\\s)?(.*?)(?:```)?|`([^`]+)`");

  /** Of Llama, in a list or alone: a name, and arguments by their names. */
  private static final Pattern PYTHONIC =
      Pattern.compile("(?s)\\A\\[?\\s*([\\w.:/-]{1,80})\\(\\s*(\\)|\\w+\\s*=.*\\))\\s*]?\\z");

  /** JSON of a call, or what a small model takes for such. */
  private static final Pattern CALL_IN_JSON =
      Pattern.compile("\"name\"\\s*:\\s*\"([\\w.:/-]{1,80})\"\\s*,\\s*\"(arguments|parameters)\"");

  private static final Pattern NAME = Pattern.compile("[\\w-]+");

  private ToolMarkup() {}

  /**
   * Whether a text is, or has in it, a call of a tool.
   *
   * @param isTool whether there is a tool of a name, with or without a name space before it
   */
  static boolean isIn(String text, Predicate<String> isTool) {
    String words = text.strip();
    return isMarked(words)
        || isCall(unwrapped(words), isTool)
        || words.lines().anyMatch(line -> isCallWithArguments(line.strip(), isTool))
        || writesCall(Code.hiddenIn(words), isTool)
        || Code.blocksIn(words)
            .anyMatch(block -> isCall(block, isTool) || writesCall(block, isTool));
  }

  /** Whether a text has in it, unquoted, what nothing but calls of tools are marked with. */
  static boolean isMarked(String text) {
    return MARKUP.matcher(Code.hiddenIn(text)).find() || BLOCK.matcher(text).find();
  }

  private static String unwrapped(String words) {
    Matcher code = ALL_CODE.matcher(words);
    return !code.matches()
        ? words
        : (code.group(1) == null ? code.group(2) : code.group(1)).strip();
  }

  private static boolean isCall(String text, Predicate<String> isTool) {
    Matcher pythonic = PYTHONIC.matcher(text);
    return (pythonic.matches() && isTool.test(pythonic.group(1)))
        || (MARKUP.matcher(text).find() && namesTool(text, isTool))
        || isJson(text, isTool);
  }

  /** Without arguments it may be one of a list of names. */
  private static boolean isCallWithArguments(String line, Predicate<String> isTool) {
    Matcher pythonic = PYTHONIC.matcher(line);
    return pythonic.matches() && !")".equals(pythonic.group(2)) && isTool.test(pythonic.group(1));
  }

  private static boolean writesCall(String text, Predicate<String> isTool) {
    return CALL_IN_JSON.matcher(text).results().anyMatch(call -> isTool.test(call.group(1)));
  }

  private static boolean namesTool(String text, Predicate<String> isTool) {
    return NAME.matcher(text).results().anyMatch(name -> isTool.test(name.group()));
  }

  private static boolean isJson(String text, Predicate<String> isTool) {
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return false;
    }
    try {
      JsonNode node = JSON.readTree(text);
      JsonNode call = node.isArray() ? node.path(0) : node;
      JsonNode function = call.path("function").isObject() ? call.path("function") : call;
      String name =
          function.path("function").isTextual()
              ? function.path("function").asText()
              : function.path("name").asText();
      return isTool.test(name) && !function.has("description"); // which tells what a tool is
    } catch (JsonProcessingException _) {
      return false;
    }
  }
}
