package dev.countersign.app.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Words for a document, as a JSON merge patch (RFC 7396) that is written in YAML. One difference:
 * the {@code value} of an example is taken as it is, for a null in it is no wish to remove
 * anything.
 */
final class DocumentPatch {
  private static final String EXAMPLE = "value";
  private final JsonNode patch;

  private DocumentPatch(JsonNode patch) {
    this.patch = patch;
  }

  /** A patch that lies beside this class. */
  static DocumentPatch of(String name) {
    try (InputStream file = DocumentPatch.class.getResourceAsStream(name)) {
      return new DocumentPatch(Yaml31.mapper().readTree(Objects.requireNonNull(file, name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void apply(OpenAPI document) {
    JsonNode merged = merged(Json31.mapper().valueToTree(document), patch);
    OpenAPI result;
    try {
      result = Json31.mapper().treeToValue(merged, OpenAPI.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The description of the API can't be read", e);
    }
    document.setInfo(result.getInfo());
    document.setServers(result.getServers());
    document.setTags(result.getTags());
    document.setPaths(result.getPaths());
    document.setComponents(result.getComponents());
  }

  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result =
        target instanceof ObjectNode object ? object : Json31.mapper().createObjectNode();
    changes
        .properties()
        .forEach(change -> {
          if (change.getKey().equals(EXAMPLE)) {
            result.set(EXAMPLE, change.getValue());
          } else if (change.getValue().isNull()) {
            result.remove(change.getKey());
          } else {
            result.set(change.getKey(), merged(result.path(change.getKey()), change.getValue()));
          }
        });
    return result;
  }
}
