package dev.countersign.published;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** A bill of materials: CycloneDX, in JSON. */
record Sbom(JsonNode document) {
  /** Where it is in a jar. */
  static final String NAME = "META-INF/sbom/application.cdx.json";

  static Sbom parse(byte[] json) {
    try {
      return new Sbom(new ObjectMapper().readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The plugin that writes it needs to be online, and Maven leaves it out with {@code -o}. */
  static void assumeBuilt() {
    assumeFalse(
        "offline=true".equals(System.getProperty("published.maven")), "no SBOM is written offline");
  }

  /** What it lists, as its jars are called: {@code temporal-sdk-1.38.0}. */
  List<String> components() {
    return StreamSupport.stream(document.path("components").spliterator(), false)
        .map(
            component -> component.path("name").asText() + "-" + component.path("version").asText())
        .toList();
  }
}
