package dev.countersign.langchain4j;

import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A JSON schema as a text that is the same for the same schema, in whatever order it names things,
 * and whatever version of LangChain4j has read it.
 */
final class SchemaText {
  private SchemaText() {}

  /** With all that it says, descriptions among it: another one may mean another thing. */
  static String of(@Nullable JsonSchemaElement schema) {
    return switch (schema) {
      case null -> "any";
      case JsonObjectSchema object ->
          with(
              "object",
              object.description(),
              all(object.properties())
                  + " required "
                  + new TreeSet<>(object.required())
                  + (object.additionalProperties() == null
                      ? ""
                      : " additional " + object.additionalProperties())
                  + (object.definitions() == null || object.definitions().isEmpty()
                      ? ""
                      : " definitions " + all(object.definitions())));
      case JsonArraySchema array -> with("array", array.description(), of(array.items()));
      case JsonAnyOfSchema any -> with("any of", any.description(), all(any.anyOf()));
      case JsonEnumSchema choice ->
          with("one of", choice.description(), quoted(choice.enumValues()));
      case JsonStringSchema text -> with("string", text.description(), "");
      case JsonIntegerSchema whole -> with("integer", whole.description(), "");
      case JsonNumberSchema number -> with("number", number.description(), "");
      case JsonBooleanSchema truth -> with("boolean", truth.description(), "");
      case JsonReferenceSchema reference -> with("reference", null, quoted(reference.reference()));
      case JsonRawSchema raw -> with("raw", null, quoted(raw.schema()));
      case JsonNullSchema _ -> "null";
      default -> with("other", schema.description(), quoted(schema.toString()));
    };
  }

  private static String with(String type, @Nullable String description, String more) {
    return type + (description == null ? "" : " " + quoted(description)) + "(" + more + ")";
  }

  private static String all(Map<String, JsonSchemaElement> elements) {
    Map<String, String> texts = new TreeMap<>();
    elements.forEach((name, element) -> texts.put(quoted(name), of(element)));
    return texts.toString();
  }

  private static String all(List<JsonSchemaElement> elements) {
    return elements.stream().map(SchemaText::of).toList().toString();
  }

  private static String quoted(List<String> texts) {
    return texts.stream().map(SchemaText::quoted).toList().toString();
  }

  private static String quoted(String text) {
    return text.length() + ":" + text;
  }
}
