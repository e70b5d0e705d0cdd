package dev.countersign.guard;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A kept result in words: a text as it is, anything else as its JSON. */
final class ResultText {
  private static final JsonMapper JSON = new JsonMapper();

  private ResultText() {}

  static String of(String json) {
    JsonNode value = JSON.readTree(json);
    return value.isString() ? value.asString() : json;
  }
}
