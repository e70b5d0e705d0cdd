package dev.countersign.langchain4j;

import dev.countersign.guard.InvalidArgumentsException;
import dev.countersign.guard.Leaf;
import dev.countersign.guard.ToolSignature;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tool of another {@code ToolProvider}'s: it takes what its JSON schema says. */
record ProvidedTool(ToolSpecification specification) implements ToolSignature {
  private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9_]");
  private static final Pattern UNSAYABLE = Pattern.compile("[.{}\\[\\]]");

  /** Calls are known by a name of letters, digits and {@code _}: {@code -} is {@code _} in it. */
  @Override
  public String name() {
    return OTHER.matcher(specification.name()).replaceAll("_");
  }

  @Override
  public String place() {
    return "countersign.tools." + name();
  }

  ArgumentType.Members type() {
    return ArgumentType.of(specification.parameters());
  }

  @Override
  public List<Parameter> parameters() {
    return type().all().keySet().stream().map(name -> new Parameter(name, JsonNode.class)).toList();
  }

  @Override
  public List<Leaf> leaves() {
    return type().leaves("").toList();
  }

  @Override
  public @Nullable Object[] read(String json) {
    ArgumentReader reader = new ArgumentReader();
    ObjectNode arguments = reader.read(json, type());
    if (arguments == null || !reader.problems().isEmpty()) {
      throw new InvalidArgumentsException(reader.problems());
    }
    return arguments.values().toArray();
  }

  /** The JSON that the tool is called with. */
  String written(@Nullable Object[] arguments) {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    int i = 0;
    for (Parameter parameter : parameters()) {
      if (arguments[i++] instanceof JsonNode value) {
        byName.put(parameter.name(), value);
      }
    }
    return ArgumentWriter.write(byName, type());
  }

  @Override
  public String form() {
    return name() + "(" + SchemaText.of(specification.parameters()) + ")";
  }

  @Override
  public List<String> faults() {
    return type()
        .names()
        .filter(name -> UNSAYABLE.matcher(name).find())
        .map(name ->
            "%s is of a tool with an argument that no message can name, for its name has a . or a brace: %s."
                .formatted(place(), name))
        .toList();
  }
}
