package dev.countersign.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.guard.schema.ArgumentType;
import dev.countersign.guard.schema.ArgumentType.Anything;
import dev.countersign.guard.schema.ArgumentType.Member;
import dev.countersign.guard.schema.ArgumentType.Members;
import dev.countersign.guard.schema.ArgumentType.Numeric;
import dev.countersign.guard.schema.ArgumentType.OneOf;
import dev.countersign.guard.schema.ArgumentType.Text;
import dev.countersign.guard.schema.ArgumentType.Truth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.util.json.schema.JsonSchemaGenerator;

/** What a tool's JSON schema says of its arguments. */
class JsonSchemaTest {
  private static Member member(String schema) {
    return member(
        JsonSchema.of(
                """
                {"type": "object", "properties": {"a": %s}, "$defs": {
                  "Name": {"type": "string"},
                  "Maybe": {"type": ["string", "null"]},
                  "Node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}}}
                """
                    .formatted(schema))
            .type()
            .all(),
        "a");
  }

  private static Member member(Map<String, Member> all, String name) {
    return Objects.requireNonNull(all.get(name));
  }

  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of("{'type': 'string', 'format': 'date'}", new Text()),
        Arguments.of("{'type': 'STRING'}", new Text()),
        Arguments.of("{'type': 'integer', 'minimum': 1}", new Numeric(true)),
        Arguments.of("{'type': ['number', 'null']}", new Numeric(false)),
        Arguments.of("{'type': 'boolean'}", new Truth()),
        Arguments.of("{'enum': ['a', 'b']}", new OneOf(List.of("a", "b"))),
        Arguments.of("{'type': 'string', 'const': 'a'}", new OneOf(List.of("a"))),
        Arguments.of("{'enum': ['a', null]}", new OneOf(List.of("a"))),
        Arguments.of("{'$ref': '#/$defs/Name'}", new Text()),
        Arguments.of("{'anyOf': [{'type': 'string'}, {'type': 'null'}]}", new Text()),
        Arguments.of("{'oneOf': [{'$ref': '#/$defs/Name'}, {'type': 'null'}]}", new Text()),
        Arguments.of("{'enum': [1, 2]}", new Anything()),
        Arguments.of("{'type': ['string', 'integer']}", new Anything()),
        Arguments.of("{'anyOf': [{'type': 'string'}, {'type': 'integer'}]}", new Anything()),
        Arguments.of("{'type': 'string', 'allOf': [{'type': 'string'}]}", new Anything()),
        Arguments.of("{'type': 'object', 'additionalProperties': true}", new Anything()),
        Arguments.of("{'type': 'array', 'items': {'type': 'string'}}", new Anything()),
        Arguments.of("{'$ref': '#/$defs/Absent'}", new Anything()),
        Arguments.of("{'$ref': 'https://example.com/Name'}", new Anything()),
        Arguments.of("{}", new Anything()),
        Arguments.of("true", new Anything()));
  }

  @ParameterizedTest
  @MethodSource("types")
  void saysWhatAnArgumentIs(String schema, ArgumentType type) {
    assertThat(member(schema.replace('\'', '"')).type()).isEqualTo(type);
  }

  @Test
  void saysWhatMayBeNull() {
    assertThat(
            Stream.of(
                "{\"type\": [\"string\", \"null\"]}",
                "{\"type\": \"string\", \"nullable\": true}",
                "{\"enum\": [\"a\", null]}",
                "{\"$ref\": \"#/$defs/Maybe\"}",
                "{\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"null\"}]}"))
        .allMatch(schema -> member(schema).nullable());
    assertThat(member("{\"type\": \"string\"}").nullable()).isFalse();
  }

  @Test
  void endsWhereASchemaContainsItself() {
    assertThat(member("{\"$ref\": \"#/$defs/Node\"}").type()).isInstanceOf(Members.class);
    assertThat(JsonSchema.of("{\"$ref\": \"#\"}").type().all()).isEmpty();
  }

  @Test
  void readsWhatSpringAiWritesOfARecord() {
    record Address(String city, int floor) {}
    record Order(Address to, List<String> items, boolean gift) {}

    Map<String, Member> all =
        JsonSchema.of(JsonSchemaGenerator.generateForType(Order.class)).type().all();

    assertThat(member(all, "gift")).isEqualTo(new Member(new Truth(), true, false));
    assertThat(member(all, "items").type()).isEqualTo(new Anything());
    assertThat(member(all, "to").type())
        .isEqualTo(
            new Members(
                Map.of(
                    "city", new Member(new Text(), true, false),
                    "floor", new Member(new Numeric(true), true, false))));
  }

  @Test
  void takesNoArgumentsWhereThereIsNoSchema() {
    assertThat(JsonSchema.of("none").type().all()).isEmpty();
    assertThat(JsonSchema.of("[]").type().all()).isEmpty();
    assertThat(JsonSchema.of("{}").type().all()).isEmpty();
  }

  @Test
  void isTheSameTextInWhateverOrderItSaysTheSame() {
    String one =
        "{\"type\":\"object\",\"required\":[\"a\",\"b\"],\"properties\":{\"a\":{},\"b\":{\"maximum\":1.0}}}";
    String other =
        "{\"required\":[\"b\",\"a\"],\"properties\":{\"b\":{\"maximum\":1},\"a\":{}},\"type\":\"object\"}";

    assertThat(JsonSchema.of(one).text()).isEqualTo(JsonSchema.of(other).text());
    assertThat(JsonSchema.of(one).text())
        .isNotEqualTo(JsonSchema.of(one.replace("1.0", "2")).text());
  }
}
