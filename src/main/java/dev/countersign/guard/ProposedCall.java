package dev.countersign.guard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call about to be made, for an {@link ApprovalPolicy}.
 *
 * @param tool the tool's name
 * @param user in whose name it is made, and who would be asked
 * @param arguments by the names of the parameters, in their order, as the method would get them
 */
public record ProposedCall(
    String tool, CallUser user, Map<String, ? extends @Nullable Object> arguments) {

  public ProposedCall {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  /**
   * An argument that every call has.
   *
   * @param type a primitive's is its wrapper's
   * @throws IllegalArgumentException if it is null, there is no such parameter, or it has another
   *     type
   */
  public <T> T argument(String name, Class<T> type) {
    return optionalArgument(name, type)
        .orElseThrow(() ->
            new IllegalArgumentException("The argument %s of %s is null".formatted(name, tool)));
  }

  /**
   * An argument.
   *
   * @param type a primitive's is its wrapper's
   * @return empty: it is null
   * @throws IllegalArgumentException if there is no such parameter, or it has another type
   */
  public <T> Optional<T> optionalArgument(String name, Class<T> type) {
    if (!arguments.containsKey(name)) {
      throw new IllegalArgumentException(
          "The tool %s has no argument %s: it has %s".formatted(tool, name, arguments.keySet()));
    }
    Object value = arguments.get(name);
    if (value != null && !type.isInstance(value)) {
      throw new IllegalArgumentException(
          "The argument %s of %s is a %s, not a %s"
              .formatted(name, tool, value.getClass().getName(), type.getName()));
    }
    return Optional.ofNullable(type.cast(value));
  }
}
