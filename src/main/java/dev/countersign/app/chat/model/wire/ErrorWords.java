package dev.countersign.app.chat.model.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model's server says of an error in words of its own. What it repeats of the request or of
 * the model's words is left out, for these may be anything: {@code input} (FastAPI, so vLLM and
 * Mistral), {@code flagged_input} (OpenRouter), {@code failed_generation} (Groq).
 */
public final class ErrorWords {
  /** Of a body that is no JSON: what is wrong stands in its beginning. */
  private static final int MOST_CHARACTERS = 500;

  /** Tells after which time a request is taken again, as Google writes it. */
  private static final String RETRY_DELAY = "retrydelay";

  /** Members, in lower case, that hold what is wrong, or lead to it. */
  private static final Set<String> OWN =
      Set.of(
          "error",
          "errors",
          "error_code",
          "error_type",
          "innererror",
          "message",
          "msg",
          "detail",
          "details",
          "description",
          "code",
          "type",
          "status",
          "param",
          "loc",
          "reason",
          "metadata",
          "raw",
          "choices",
          "finish_reason",
          RETRY_DELAY);

  private static final Pattern OBJECT = Pattern.compile("\\{\\s*\"");

  /** Pydantic's errors as text: the value that it found wrong. */
  private static final Pattern REPEATED =
      Pattern.compile(
          "(?s)'input': .*?(?=\\}, \\{'type'|\\z)|input_value=.*?(?=, input_type=|\\z)");

  private static final ObjectReader READER =
      Wire.JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final StringJoiner words = new StringJoiner("\n");

  private ErrorWords() {}

  /** Those of the body of an answer, or of a text that has one in it. */
  public static String in(String body) {
    try {
      return in(Wire.read(body));
    } catch (JsonProcessingException _) {
      var text = new ErrorWords();
      text.add(body.substring(0, Math.min(body.length(), MOST_CHARACTERS)));
      return text.words.toString();
    }
  }

  /** Those of an error. */
  static String in(JsonNode error) {
    var all = new ErrorWords();
    all.add(error);
    return all.words.toString();
  }

  private void add(JsonNode node) {
    if (node.isTextual()) {
      add(node.textValue());
    } else if (node.isNumber()) {
      words.add(node.asText());
    } else if (node.isArray()) {
      node.forEach(this::add);
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String name = member.getKey().toLowerCase(Locale.ROOT);
      if (name.equals(RETRY_DELAY)) {
        words.add("retry in " + member.getValue().asText());
      } else if (OWN.contains(name)) {
        add(member.getValue());
      }
    }
  }

  /** Gateways put the answer of the server behind them into their own words. */
  private void add(String text) {
    Matcher object = OBJECT.matcher(text);
    if (object.find()) {
      try (JsonParser parser = Wire.JSON.createParser(text.substring(object.start()))) {
        JsonNode within = READER.readTree(parser);
        int end = object.start() + (int) parser.currentLocation().getCharOffset();
        addPlain(text.substring(0, object.start()));
        add(within);
        addPlain(text.substring(end));
        return;
      } catch (IOException | NumberFormatException _) { // only looked like one
      }
    }
    addPlain(text);
  }

  private void addPlain(String text) {
    if (!text.isBlank()) {
      words.add(REPEATED.matcher(text).replaceAll(""));
    }
  }
}
