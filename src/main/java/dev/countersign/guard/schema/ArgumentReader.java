package dev.countersign.guard.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the arguments that a model has written for a tool into the form in which they are kept:
 * each member is there, null where the model has none; numbers are texts. What the tool's schema
 * doesn't name nobody would see, so that it is refused.
 */
final class ArgumentReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,100}(\\.\\d{1,100})?");
  private static final int MOST_DIGITS = 100;

  private final List<String> problems = new ArrayList<>();

  /** What is wrong, each without a stop. */
  List<String> problems() {
    return problems;
  }

  /**
   * Reads all arguments; null: they are no JSON object, which is a problem.
   *
   * @param json as the model wrote it
   */
  @Nullable ObjectNode read(String json, ArgumentType.Members type) {
    JsonNode written = parsed(json);
    if (written == null || !written.isObject()) {
      problems.add("The arguments are not a JSON object");
      return null;
    }
    return members(written, type, "");
  }

  private static @Nullable JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException | NumberFormatException e) { // 1e9999999999 is too much
      return null;
    }
  }

  private ObjectNode members(JsonNode written, ArgumentType.Members type, String path) {
    written.propertyNames().stream()
        .filter(name -> !type.all().containsKey(name))
        .forEach(name -> problems.add(ArgumentType.pathTo(path, name) + " is no argument"));
    ObjectNode kept = NODES.objectNode();
    type.all()
        .forEach((name, member) ->
            kept.set(name, member(written.path(name), member, ArgumentType.pathTo(path, name))));
    return kept;
  }

  private JsonNode member(JsonNode written, ArgumentType.Member member, String path) {
    if (!written.isMissingNode() && !written.isNull()) {
      return value(written, member.type(), path);
    }
    if (member.required() && !(written.isNull() && member.nullable())) {
      problems.add(path + " is missing");
    }
    return NODES.nullNode();
  }

  private JsonNode value(JsonNode written, ArgumentType type, String path) {
    return switch (type) {
      case ArgumentType.Text _ -> only(written.isString(), written, path, "a text");
      case ArgumentType.Truth _ -> only(written.isBoolean(), written, path, "true or false");
      case ArgumentType.OneOf(var values) ->
          only(
              written.isString() && values.contains(written.asString()),
              written,
              path,
              "one of " + String.join(", ", values));
      case ArgumentType.Numeric(var whole) -> number(written, whole, path);
      case ArgumentType.Members members ->
          written.isObject()
              ? members(written, members, path)
              : only(false, written, path, "an object");
      case ArgumentType.Anything _ -> anything(written, path);
    };
  }

  private JsonNode only(boolean fits, JsonNode written, String path, String wanted) {
    if (!fits) {
      problems.add(path + " must be " + wanted);
    }
    return written;
  }

  /** Models write 2.0 for 2, and "2" too. */
  private JsonNode number(JsonNode written, boolean whole, String path) {
    String wanted = whole ? "a whole number" : "a number";
    boolean number =
        written.isNumber() || (written.isString() && NUMBER.matcher(written.asString()).matches());
    if (!number) {
      return only(false, written, path, wanted);
    }
    BigDecimal value = new BigDecimal(written.asString());
    if (value.precision() + Math.abs((long) value.scale()) > MOST_DIGITS) {
      return only(false, written, path, wanted + " of at most " + MOST_DIGITS + " digits");
    }
    if (!whole) {
      return NODES.stringNode(value.toPlainString());
    }
    return value.stripTrailingZeros().scale() <= 0
        ? NODES.stringNode(value.toBigInteger().toString())
        : only(false, written, path, wanted);
  }

  /** Numbers in it are kept as numbers of JSON, which must hold them. */
  private JsonNode anything(JsonNode written, String path) {
    if (written.isObject()) {
      ObjectNode kept = NODES.objectNode();
      written
          .properties()
          .forEach(member ->
              kept.set(
                  member.getKey(),
                  anything(member.getValue(), ArgumentType.pathTo(path, member.getKey()))));
      return kept;
    }
    if (written.isArray()) {
      ArrayNode kept = NODES.arrayNode();
      written.forEach(element -> kept.add(anything(element, path)));
      return kept;
    }
    if (!written.isBigDecimal()) {
      return written;
    }
    double value = written.doubleValue();
    return Double.isFinite(value)
            && BigDecimal.valueOf(value).compareTo(written.decimalValue()) == 0
        ? NODES.numberNode(value)
        : only(false, written, path, "without numbers of so many digits");
  }
}
