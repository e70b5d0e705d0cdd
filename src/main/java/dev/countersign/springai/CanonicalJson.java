package dev.countersign.springai;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as a text that is the same for the same JSON, in whatever order it names things. */
final class CanonicalJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CanonicalJson() {}

  /** Reads JSON, with all digits of its numbers. */
  static JsonNode read(String json) {
    return JSON.readTree(json);
  }

  static String of(JsonNode json) {
    return JSON.writeValueAsString(sorted(json));
  }

  private static JsonNode sorted(JsonNode json) {
    if (json.isObject()) {
      Map<String, JsonNode> members = new TreeMap<>();
      json.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
      ObjectNode object = NODES.objectNode();
      object.setAll(members);
      return object;
    }
    if (json.isArray()) {
      ArrayNode array = NODES.arrayNode();
      json.forEach(element -> array.add(sorted(element)));
      return array;
    }
    return json.isNumber() ? number(json.decimalValue()) : json;
  }

  private static JsonNode number(BigDecimal value) {
    return NODES.numberNode(value.stripTrailingZeros());
  }
}
