package dev.countersign.springai;

import dev.countersign.guard.schema.ArgumentType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool's JSON schema (draft 2020-12 and those before, with OpenAPI's {@code nullable}). What it
 * can't say of a value for certain is {@link ArgumentType.Anything}.
 *
 * @param type of the tool's arguments
 * @param text the same for the same schema, in whatever order it names things
 */
record JsonSchema(ArgumentType.Members type, String text) {
  private static final String NULL = "null";

  /** What says that another schema says it. */
  private static final Set<String> INDIRECT = Set.of("$ref", "anyOf", "oneOf");

  /** What may add to, or choose among, what stands beside it. */
  private static final Set<String> COMPOSED = Set.of("allOf", "if", "not", "dependentSchemas");

  /**
   * Reads a schema.
   *
   * @param json whatever a tool says; what is no schema of an object takes no arguments
   */
  static JsonSchema of(String json) {
    JsonNode schema;
    try {
      schema = CanonicalJson.read(json);
    } catch (JacksonException | NumberFormatException e) {
      return new JsonSchema(new ArgumentType.Members(Map.of()), json);
    }
    Reader reader = new Reader(schema);
    return new JsonSchema(
        reader.members(reader.arguments(), 1), CanonicalJson.of(likeEqual(schema)));
  }

  /** In {@code required} and {@code type} the order doesn't count. */
  private static JsonNode likeEqual(JsonNode schema) {
    if (schema.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      schema.forEach(element -> array.add(likeEqual(element)));
      return array;
    }
    if (!schema.isObject()) {
      return schema;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    schema
        .properties()
        .forEach(member -> {
          boolean isSet =
              Set.of("required", "type").contains(member.getKey())
                  && member.getValue().isArray()
                  && texts(member.getValue()).size() == member.getValue().size();
          object.set(
              member.getKey(), isSet ? sorted(member.getValue()) : likeEqual(member.getValue()));
        });
    return object;
  }

  private static JsonNode sorted(JsonNode texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    new TreeSet<>(texts(texts)).forEach(array::add);
    return array;
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().filter(JsonNode::isString).map(JsonNode::asString).toList();
  }

  /**
   * Reads what is in a schema.
   *
   * @param root to which references point
   */
  private record Reader(JsonNode root) {

    JsonNode arguments() {
      JsonNode referenced = root.has("$ref") ? referenced(root.path("$ref").asString()) : null;
      return referenced == null ? root : referenced;
    }

    ArgumentType.Members members(JsonNode object, int depth) {
      List<String> required = texts(object.path("required"));
      Map<String, ArgumentType.Member> all = new LinkedHashMap<>();
      object
          .path("properties")
          .properties()
          .forEach(property ->
              all.put(
                  property.getKey(),
                  new ArgumentType.Member(
                      of(property.getValue(), depth),
                      required.contains(property.getKey()),
                      isNullable(property.getValue(), depth))));
      return new ArgumentType.Members(all);
    }

    private ArgumentType of(JsonNode schema, int depth) {
      if (!schema.isObject() || COMPOSED.stream().anyMatch(schema::has)) {
        return new ArgumentType.Anything();
      }
      if (INDIRECT.stream().anyMatch(schema::has)) {
        JsonNode meant = meant(schema);
        return meant == null || depth >= ArgumentType.DEEPEST
            ? new ArgumentType.Anything()
            : of(meant, depth + 1);
      }
      ArgumentType choice = choice(schema);
      return choice != null ? choice : typed(schema, depth);
    }

    /** The one schema that a reference or a choice with null means; null: there is none. */
    private @Nullable JsonNode meant(JsonNode schema) {
      if (schema.has("$ref")) {
        return referenced(schema.path("$ref").asString());
      }
      List<JsonNode> choices =
          schema
              .path(schema.has("anyOf") ? "anyOf" : "oneOf")
              .valueStream()
              .filter(each -> !isNull(each))
              .toList();
      return choices.size() == 1 ? choices.getFirst() : null;
    }

    private @Nullable JsonNode referenced(String reference) {
      JsonNode found = reference.startsWith("#/") ? root.at(reference.substring(1)) : root.path("");
      return found.isMissingNode() ? null : found;
    }

    private static @Nullable ArgumentType choice(JsonNode schema) {
      List<JsonNode> values = new ArrayList<>();
      schema.path("enum").forEach(values::add);
      if (schema.has("const")) {
        values.add(schema.path("const"));
      }
      values.removeIf(JsonNode::isNull);
      return !values.isEmpty() && values.stream().allMatch(JsonNode::isString)
          ? new ArgumentType.OneOf(values.stream().map(JsonNode::asString).toList())
          : null;
    }

    private ArgumentType typed(JsonNode schema, int depth) {
      Set<String> types =
          types(schema).filter(type -> !type.equals(NULL)).collect(Collectors.toSet());
      return switch (types.size() == 1 ? types.iterator().next() : "") {
        case "string" -> new ArgumentType.Text();
        case "integer" -> new ArgumentType.Numeric(true);
        case "number" -> new ArgumentType.Numeric(false);
        case "boolean" -> new ArgumentType.Truth();
        case "object" ->
            schema.path("properties").isEmpty() || depth >= ArgumentType.DEEPEST
                ? new ArgumentType.Anything()
                : members(schema, depth + 1);
        default -> new ArgumentType.Anything();
      };
    }

    private boolean isNullable(JsonNode schema, int depth) {
      boolean says =
          isNull(schema)
              || types(schema).anyMatch(NULL::equals)
              || schema.path("nullable").asBoolean(false)
              || schema.path("enum").valueStream().anyMatch(JsonNode::isNull);
      if (says || depth >= ArgumentType.DEEPEST) {
        return says;
      }
      JsonNode referenced = schema.has("$ref") ? referenced(schema.path("$ref").asString()) : null;
      return (referenced != null && isNullable(referenced, depth + 1))
          || Stream.of("anyOf", "oneOf")
              .flatMap(choice -> schema.path(choice).valueStream())
              .anyMatch(each -> isNullable(each, depth + 1));
    }

    private static boolean isNull(JsonNode schema) {
      return schema.path("type").asString("").equals(NULL)
          || (schema.has("const") && schema.path("const").isNull());
    }

    /** Some write them in capitals. */
    private static Stream<String> types(JsonNode schema) {
      JsonNode type = schema.path("type");
      return (type.isArray() ? texts(type).stream() : Stream.of(type.asString("")))
          .map(each -> each.toLowerCase(Locale.ROOT));
    }
  }
}
