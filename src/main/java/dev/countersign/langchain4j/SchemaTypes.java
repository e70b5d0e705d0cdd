package dev.countersign.langchain4j;

import dev.countersign.guard.schema.ArgumentType;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What LangChain4j's form of a JSON schema says of a tool's arguments. */
final class SchemaTypes {
  private SchemaTypes() {}

  /**
   * Of a tool's arguments.
   *
   * @param schema null: it takes none
   */
  static ArgumentType.Members of(@Nullable JsonObjectSchema schema) {
    return schema == null
        ? new ArgumentType.Members(Map.of())
        : members(schema, schema.definitions() == null ? Map.of() : schema.definitions(), 1);
  }

  private static ArgumentType.Members members(
      JsonObjectSchema schema, Map<String, JsonSchemaElement> definitions, int depth) {
    Map<String, ArgumentType.Member> all = new LinkedHashMap<>();
    schema
        .properties()
        .forEach((name, element) ->
            all.put(
                name,
                new ArgumentType.Member(
                    of(element, definitions, depth),
                    schema.required().contains(name),
                    isNullable(element))));
    return new ArgumentType.Members(all);
  }

  private static ArgumentType of(
      JsonSchemaElement element, Map<String, JsonSchemaElement> definitions, int depth) {
    return switch (element) {
      case JsonStringSchema _ -> new ArgumentType.Text();
      case JsonIntegerSchema _ -> new ArgumentType.Numeric(true);
      case JsonNumberSchema _ -> new ArgumentType.Numeric(false);
      case JsonBooleanSchema _ -> new ArgumentType.Truth();
      case JsonEnumSchema choice -> new ArgumentType.OneOf(List.copyOf(choice.enumValues()));
      case JsonObjectSchema object
          when !object.properties().isEmpty() && depth < ArgumentType.DEEPEST ->
          members(object, definitions, depth + 1);
      case JsonReferenceSchema reference
          when definitions.get(reference.reference()) != null && depth < ArgumentType.DEEPEST ->
          of(definitions.get(reference.reference()), definitions, depth + 1);
      case JsonAnyOfSchema choice
          when withoutNull(choice).size() == 1 && depth < ArgumentType.DEEPEST ->
          of(withoutNull(choice).getFirst(), definitions, depth + 1);
      default -> new ArgumentType.Anything();
    };
  }

  private static List<JsonSchemaElement> withoutNull(JsonAnyOfSchema choice) {
    return choice.anyOf().stream().filter(each -> !(each instanceof JsonNullSchema)).toList();
  }

  private static boolean isNullable(JsonSchemaElement element) {
    return element instanceof JsonNullSchema
        || (element instanceof JsonAnyOfSchema choice
            && choice.anyOf().stream().anyMatch(SchemaTypes::isNullable));
  }
}
