package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API, and the check of an answer against it. */
final class ApiDocument {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  private final JsonNode document;

  ApiDocument(String json) {
    document = JSON.readTree(json);
  }

  /** Something that the document says can happen. */
  record Documented(String operation, String status) implements Comparable<Documented> {
    @Override
    public int compareTo(Documented other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return operation + " → " + status;
    }
  }

  JsonNode root() {
    return document;
  }

  /** Such as {@code POST /api/chat}. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    for (var path : document.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          operations.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return operations;
  }

  Set<Documented> all() {
    Set<Documented> all = new TreeSet<>();
    for (String operation : operations()) {
      for (var response : operation(operation).path("responses").properties()) {
        all.add(new Documented(operation, response.getKey()));
      }
    }
    return all;
  }

  boolean has(String operation, int status) {
    return operation(operation).path("responses").has(Integer.toString(status));
  }

  /** Whether something is sent with it. */
  boolean hasBody(String operation) {
    return operation(operation).has("requestBody");
  }

  JsonNode operation(String operation) {
    String[] methodAndPath = operation.split(" ", 2);
    return document
        .path("paths")
        .path(methodAndPath[1])
        .path(methodAndPath[0].toLowerCase(Locale.ROOT));
  }

  /** Asserts that the answer is one of those that the document has: status, headers and body. */
  Documented check(String operation, Api.Answer answer) {
    var documented = new Documented(operation, Integer.toString(answer.status()));
    assertThat(all()).as("answers of the document, of which %s", answer).contains(documented);
    JsonNode response = resolved(operation(operation).path("responses").path(documented.status()));
    for (var header : response.path("headers").properties()) {
      checkHeader(documented, header.getKey(), resolved(header.getValue()), answer);
    }
    if (!response.has("content")) {
      assertThat(answer.text()).as("body of %s", documented).isEmpty();
      return documented;
    }
    String type = answer.contentType().split(";", 2)[0];
    JsonNode media = response.path("content").path(type);
    assertThat(media.isMissingNode()).as("%s has %s", documented, type).isFalse();
    assertThat(violations(media.path("schema"), body(type, answer.text())))
        .as("body of %s: %s", documented, answer.text())
        .isEmpty();
    return documented;
  }

  private void checkHeader(Documented documented, String name, JsonNode header, Api.Answer answer) {
    Optional<String> value = answer.headers().firstValue(name);
    if (header.path("required").asBoolean()) {
      assertThat(value).as("header %s of %s", name, documented).isPresent();
    }
    value.ifPresent(present ->
        assertThat(
                violations(
                    header.path("schema"),
                    header.path("schema").path("type").asString("").equals("integer")
                        ? JSON.readTree(present)
                        : JSON.getNodeFactory().stringNode(present)))
            .as("header %s of %s: %s", name, documented, present)
            .isEmpty());
  }

  private static JsonNode body(String type, String text) {
    return type.endsWith("json") ? JSON.readTree(text) : JSON.getNodeFactory().stringNode(text);
  }

  /** Whether a request's body is as the document says that it must be. */
  boolean allows(String operation, String body) {
    try {
      return violations(requestSchema(operation), JSON.readTree(body)).isEmpty();
    } catch (JacksonException e) {
      return false;
    }
  }

  private JsonNode requestSchema(String operation) {
    return operation(operation).at("/requestBody/content/application~1json/schema");
  }

  /** A schema that has a name. */
  JsonNode schema(String name) {
    return document.path("components").path("schemas").path(name);
  }

  /** Everything in which a JSON text differs from its schema. */
  List<String> violations(JsonNode schema, String json) {
    return violations(schema, JSON.readTree(json));
  }

  /** Everything in which a value differs from its schema. */
  List<String> violations(JsonNode schema, JsonNode value) {
    ObjectNode whole = ((ObjectNode) schema).deepCopy();
    whole.set("components", document.path("components"));
    return schemas.getSchema(whole).validate(value).stream().map(Error::toString).toList();
  }

  /** Every example, beside the schema that it must match. */
  Stream<Example> examples() {
    return Stream.concat(
        operations().stream()
            .flatMap(operation ->
                Stream.concat(
                        Stream.of(operation(operation).path("requestBody")),
                        operation(operation).path("responses").valueStream())
                    .flatMap(answer -> examples(operation, resolved(answer)))),
        document
            .path("components")
            .path("responses")
            .propertyStream()
            .flatMap(response -> examples(response.getKey(), response.getValue())));
  }

  /** An example of the document. */
  record Example(String where, JsonNode schema, JsonNode value) {
    @Override
    public String toString() {
      return where;
    }
  }

  private Stream<Example> examples(String where, JsonNode answer) {
    return answer
        .path("content")
        .propertyStream()
        .flatMap(media ->
            media
                .getValue()
                .path("examples")
                .propertyStream()
                .map(example ->
                    new Example(
                        where + ": " + example.getKey(),
                        media.getValue().path("schema"),
                        resolved(example.getValue()).path("value"))));
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
  }
}
