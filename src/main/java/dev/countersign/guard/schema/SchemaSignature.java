package dev.countersign.guard.schema;

import dev.countersign.guard.InvalidArgumentsException;
import dev.countersign.guard.Leaf;
import dev.countersign.guard.ToolSignature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool takes that has no method here: what its JSON schema says.
 *
 * @param offeredName as whoever offers it calls it
 * @param type of its arguments
 * @param schema a text that is the same for the same schema, in every process
 * @param renamedFrom what it is called where it comes from, if it was offered under another name
 *     since two have that one; null: it wasn't
 */
public record SchemaSignature(
    String offeredName, ArgumentType.Members type, String schema, @Nullable String renamedFrom)
    implements ToolSignature {
  private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9_]");
  private static final Pattern UNSAYABLE = Pattern.compile("[.{}\\[\\]]");

  /** Of a tool that has the name that it has where it comes from. */
  public SchemaSignature(String offeredName, ArgumentType.Members type, String schema) {
    this(offeredName, type, schema, null);
  }

  /** Calls are known by a name of letters, digits and {@code _}: {@code -} is {@code _} in it. */
  @Override
  public String name() {
    return callName(offeredName);
  }

  private static String callName(String name) {
    return OTHER.matcher(name).replaceAll("_");
  }

  @Override
  public Optional<String> nameBefore() {
    return Optional.ofNullable(renamedFrom).map(SchemaSignature::callName);
  }

  @Override
  public String place() {
    return "countersign.tools." + name();
  }

  @Override
  public List<Parameter> parameters() {
    return type.all().keySet().stream().map(name -> new Parameter(name, JsonNode.class)).toList();
  }

  @Override
  public List<Leaf> leaves() {
    return type.leaves("").toList();
  }

  @Override
  public @Nullable Object[] read(String json) {
    ArgumentReader reader = new ArgumentReader();
    ObjectNode arguments = reader.read(json, type);
    if (arguments == null || !reader.problems().isEmpty()) {
      throw new InvalidArgumentsException(reader.problems());
    }
    return arguments.values().toArray();
  }

  /** The JSON that the tool is called with. */
  public String written(@Nullable Object[] arguments) {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    int i = 0;
    for (Parameter parameter : parameters()) {
      if (arguments[i++] instanceof JsonNode value) {
        byName.put(parameter.name(), value);
      }
    }
    return ArgumentWriter.write(byName, type);
  }

  @Override
  public String form() {
    return name() + "(" + schema + ")";
  }

  @Override
  public List<String> faults() {
    return type.names()
        .filter(name -> UNSAYABLE.matcher(name).find())
        .map(name ->
            "%s is of a tool with an argument that no message can name, for its name has a . or a brace: %s."
                .formatted(place(), name))
        .toList();
  }
}
