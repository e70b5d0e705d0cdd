package dev.countersign.springai;

import dev.countersign.guard.schema.ArgumentType;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Arguments of a tool as a text that is the same wherever the guard takes what a model has written
 * for the same: what is null is as good as not there, a text of digits is that number where one is
 * wanted, and what the tool doesn't name doesn't count. It may be the same of a little more.
 */
final class EqualArguments {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,100}(\\.\\d{1,100})?");

  private EqualArguments() {}

  /**
   * Of what may be no JSON: then it is that text.
   *
   * @param type of all arguments
   */
  static String of(String arguments, ArgumentType.Members type) {
    JsonNode written;
    try {
      written = CanonicalJson.read(arguments);
    } catch (JacksonException | NumberFormatException _) { // 1e9999999999 is too much
      return arguments;
    }
    return CanonicalJson.of(taken(written, type));
  }

  private static JsonNode taken(JsonNode written, ArgumentType type) {
    return switch (type) {
      case ArgumentType.Members(var all) when written.isObject() -> {
        ObjectNode object = NODES.objectNode();
        all.forEach((name, member) -> {
          JsonNode value = written.path(name);
          if (!value.isMissingNode() && !value.isNull()) {
            object.set(name, taken(value, member.type()));
          }
        });
        yield object;
      }
      case ArgumentType.Numeric _ -> number(written);
      case ArgumentType.Anything _ -> withoutNulls(written);
      case ArgumentType.Members _,
          ArgumentType.Text _,
          ArgumentType.Truth _,
          ArgumentType.OneOf _ ->
          written;
    };
  }

  private static JsonNode number(JsonNode written) {
    return written.isString() && NUMBER.matcher(written.asString()).matches()
        ? NODES.numberNode(new BigDecimal(written.asString()))
        : written;
  }

  private static JsonNode withoutNulls(JsonNode written) {
    if (written.isArray()) {
      ArrayNode array = NODES.arrayNode();
      written.forEach(element -> array.add(withoutNulls(element)));
      return array;
    }
    if (!written.isObject()) {
      return written;
    }
    ObjectNode object = NODES.objectNode();
    written.properties().stream()
        .filter(member -> !member.getValue().isNull())
        .forEach(member -> object.set(member.getKey(), withoutNulls(member.getValue())));
    return object;
  }
}
