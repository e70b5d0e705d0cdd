package dev.countersign.guard;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rich authorization details (RFC 9396) with arguments in them: a text that is nothing but {@code
 * {amount}} stands for the argument as it is kept, whatever JSON that is; within a longer text it
 * stands for its words.
 */
final class DetailsTemplate {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern WHOLE = Pattern.compile("\\{([^{}]+)}");

  private final JsonNode template;

  private DetailsTemplate(JsonNode template) {
    this.template = template;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it isn't an array of objects with a {@code type}; the
   *     message begins with the rule
   */
  static DetailsTemplate parse(String json) {
    JsonNode read;
    try {
      read = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("must be JSON, but is " + json, e);
    }
    boolean fits = read.isArray() && !read.isEmpty();
    for (JsonNode each : read) {
      fits &= each.isObject() && each.path("type").isString();
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "must be a JSON array of objects with a type (RFC 9396), but is " + json);
    }
    return new DetailsTemplate(read);
  }

  /** The arguments, or parts of them, that stand in it. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    collect(template, names);
    return names;
  }

  /** Those of them that stand within a longer text. */
  Set<String> namesInText() {
    Set<String> names = new LinkedHashSet<>();
    collectInText(template, names);
    return names;
  }

  private static void collectInText(JsonNode node, Set<String> names) {
    if (!node.isString()) {
      node.forEach(child -> collectInText(child, names));
    } else if (!WHOLE.matcher(node.asString()).matches()) {
      collect(node, names);
    }
  }

  private static void collect(JsonNode node, Set<String> names) {
    if (node.isString()) {
      Matcher matcher = WHOLE.matcher(node.asString());
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
    } else {
      node.forEach(child -> collect(child, names));
    }
  }

  /**
   * The details for some arguments; a member whose argument is null is left out, and so is an
   * object within them whose only arguments are null.
   */
  String fill(FrozenArguments arguments) {
    return JSON.writeValueAsString(filled(template, arguments));
  }

  private static JsonNode filled(JsonNode node, FrozenArguments arguments) {
    if (node instanceof ObjectNode object) {
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(member -> {
            JsonNode value = filled(member.getValue(), arguments);
            if (!isAbsent(member.getValue(), arguments)
                && (!value.isNull() || member.getValue().isNull())) {
              result.set(member.getKey(), value);
            }
          });
      return result;
    }
    if (node.isArray()) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      node.forEach(child -> result.add(filled(child, arguments)));
      return result;
    }
    return node.isString() ? filled(node.asString(), arguments) : node;
  }

  /** An object that is about arguments, all of which are null. */
  private static boolean isAbsent(JsonNode node, FrozenArguments arguments) {
    if (!node.isObject()) {
      return false;
    }
    Set<String> names = new LinkedHashSet<>();
    collect(node, names);
    return !names.isEmpty()
        && names.stream().map(arguments::at).allMatch(at -> at.isNull() || at.isMissingNode());
  }

  private static JsonNode filled(String text, FrozenArguments arguments) {
    Matcher whole = WHOLE.matcher(text);
    if (whole.matches()) {
      JsonNode value = arguments.at(String.valueOf(whole.group(1)));
      return value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
    }
    UnaryOperator<String> words =
        path -> {
          JsonNode value = arguments.at(path);
          return value.isNull() || value.isMissingNode() ? "" : value.asString();
        };
    return JsonNodeFactory.instance.stringNode(
        WHOLE
            .matcher(text)
            .replaceAll(match -> Matcher.quoteReplacement(words.apply(match.group(1)))));
  }
}
