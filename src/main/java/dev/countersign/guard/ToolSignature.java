package dev.countersign.guard;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a guarded tool takes, whatever runs it: a method, or somebody who offers tools. */
public interface ToolSignature {
  /** The tool's name: 1 to 40 letters, digits and {@code _}. */
  String name();

  /**
   * The name that it has where it comes from, if whoever offers it has renamed it since two tools
   * have that one: what is said of that name must not be evaded by another one. Empty: it has its
   * own name.
   */
  default Optional<String> nameBefore() {
    return Optional.empty();
  }

  /** Where it is said what its user sees, for sentences about that. */
  String place();

  /** What it takes, in the order of its arguments. */
  List<Parameter> parameters();

  /** The single values of its arguments, which a user is to see one by one. */
  List<Leaf> leaves();

  /**
   * Arguments as a model writes them, in the order of the parameters.
   *
   * @param json an object with the names of the parameters
   * @throws InvalidArgumentsException if it is none, or a value doesn't fit
   */
  @Nullable Object[] read(String json);

  /**
   * Arguments as calls have them, before they are checked: without what the tool wants left out.
   */
  default @Nullable Object[] plain(@Nullable Object[] arguments) {
    return arguments;
  }

  /** Tells it from one that takes or returns something else; the same in every process. */
  String form();

  /** Why it can't be guarded at all, each a sentence. */
  default List<String> faults() {
    return List.of();
  }

  /**
   * A parameter.
   *
   * @param type of its values, which are kept as JSON
   */
  record Parameter(String name, Type type) {}
}
