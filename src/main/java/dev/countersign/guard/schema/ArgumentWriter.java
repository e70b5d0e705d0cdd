package dev.countersign.guard.schema;

import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes arguments that {@link ArgumentReader} has read as the tool takes them. */
final class ArgumentWriter {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ArgumentWriter() {}

  /** The JSON object that the tool is called with: what is null and may be absent is absent. */
  static String write(Map<String, JsonNode> arguments, ArgumentType.Members type) {
    ObjectNode kept = NODES.objectNode();
    kept.setAll(arguments);
    return JSON.writeValueAsString(members(kept, type));
  }

  private static ObjectNode members(JsonNode kept, ArgumentType.Members type) {
    ObjectNode written = NODES.objectNode();
    type.all()
        .forEach((name, member) -> {
          JsonNode value = kept.path(name);
          boolean absent = value.isNull() || value.isMissingNode();
          if (!absent) {
            written.set(name, value(value, member.type()));
          } else if (member.required()) {
            written.set(name, NODES.nullNode());
          }
        });
    return written;
  }

  private static JsonNode value(JsonNode kept, ArgumentType type) {
    return switch (type) {
      case ArgumentType.Numeric _ -> NODES.numberNode(new BigDecimal(kept.asString()));
      case ArgumentType.Members members -> members(kept, members);
      default -> kept;
    };
  }
}
