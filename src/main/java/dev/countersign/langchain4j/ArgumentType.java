package dev.countersign.langchain4j;

import dev.countersign.guard.Leaf;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a tool's JSON schema says of one of its arguments, as far as a user can be shown it. */
sealed interface ArgumentType {
  /** Any text. */
  record Text() implements ArgumentType {}

  /**
   * A number.
   *
   * @param whole whether it has no fraction
   */
  record Numeric(boolean whole) implements ArgumentType {}

  /** True or false. */
  record Truth() implements ArgumentType {}

  /** One of some texts. */
  record OneOf(List<String> values) implements ArgumentType {
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    /** Whoever offers the tool has chosen the texts: only words can't mislead. */
    private boolean hasWordsOnly() {
      return values.stream().allMatch(value -> WORD.matcher(value).matches());
    }
  }

  /** An object with these members, and no others. */
  record Members(Map<String, Member> all) implements ArgumentType {}

  /** Any JSON, such as a list: shown by the details only. */
  record Anything() implements ArgumentType {}

  /**
   * A member of an object.
   *
   * @param nullable whether it may be null where it is required
   */
  record Member(ArgumentType type, boolean required, boolean nullable) {}

  int DEEPEST = 5;

  /**
   * Of a tool's arguments.
   *
   * @param schema null: it takes none
   */
  static Members of(@Nullable JsonObjectSchema schema) {
    return schema == null
        ? new Members(Map.of())
        : members(schema, schema.definitions() == null ? Map.of() : schema.definitions(), 1);
  }

  private static Members members(
      JsonObjectSchema schema, Map<String, JsonSchemaElement> definitions, int depth) {
    Map<String, Member> all = new LinkedHashMap<>();
    schema
        .properties()
        .forEach((name, element) ->
            all.put(
                name,
                new Member(
                    of(element, definitions, depth),
                    schema.required().contains(name),
                    isNullable(element))));
    return new Members(all);
  }

  private static ArgumentType of(
      JsonSchemaElement element, Map<String, JsonSchemaElement> definitions, int depth) {
    return switch (element) {
      case JsonStringSchema _ -> new Text();
      case JsonIntegerSchema _ -> new Numeric(true);
      case JsonNumberSchema _ -> new Numeric(false);
      case JsonBooleanSchema _ -> new Truth();
      case JsonEnumSchema choice -> new OneOf(List.copyOf(choice.enumValues()));
      case JsonObjectSchema object when !object.properties().isEmpty() && depth < DEEPEST ->
          members(object, definitions, depth + 1);
      case JsonReferenceSchema reference
          when definitions.get(reference.reference()) != null && depth < DEEPEST ->
          of(definitions.get(reference.reference()), definitions, depth + 1);
      case JsonAnyOfSchema choice when withoutNull(choice).size() == 1 && depth < DEEPEST ->
          of(withoutNull(choice).getFirst(), definitions, depth + 1);
      default -> new Anything();
    };
  }

  private static List<JsonSchemaElement> withoutNull(JsonAnyOfSchema choice) {
    return choice.anyOf().stream().filter(each -> !(each instanceof JsonNullSchema)).toList();
  }

  private static boolean isNullable(JsonSchemaElement element) {
    return element instanceof JsonNullSchema
        || (element instanceof JsonAnyOfSchema choice
            && choice.anyOf().stream().anyMatch(ArgumentType::isNullable));
  }

  /**
   * What a user is to see of it.
   *
   * @param path of the argument
   */
  default Stream<Leaf> leaves(String path) {
    return switch (this) {
      case Members(var all) ->
          all.entrySet().stream()
              .flatMap(member -> member.getValue().type().leaves(pathTo(path, member.getKey())));
      case Text _ -> Stream.of(Leaf.text(path));
      case Numeric _ -> Stream.of(Leaf.number(path));
      case Truth _ -> Stream.of(Leaf.exact(path));
      case OneOf choice -> Stream.of(choice.hasWordsOnly() ? Leaf.exact(path) : Leaf.text(path));
      case Anything _ -> Stream.of(Leaf.unshowable(path));
    };
  }

  /** The names of all members, at whatever depth. */
  default Stream<String> names() {
    return this instanceof Members(var all)
        ? all.entrySet().stream()
            .flatMap(member ->
                Stream.concat(Stream.of(member.getKey()), member.getValue().type().names()))
        : Stream.of();
  }

  /** A member's path in that of its object; empty: that of all arguments. */
  static String pathTo(String path, String member) {
    return path.isEmpty() ? member : path + "." + member;
  }
}
