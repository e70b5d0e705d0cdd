package dev.countersign.guard;

import java.util.Optional;

/**
 * A call about to be made, for an {@link ApprovalPolicy}.
 *
 * @param tool the tool's name
 * @param user in whose name it is made, and who would be asked
 * @param arguments as they are frozen: a JSON object with the names of the parameters, in which
 *     decimals are texts
 */
public record ProposedCall(String tool, CallUser user, String arguments) {

  /**
   * An argument that every call has.
   *
   * @param type whose JSON it is: the parameter's own, or for a tool without a method {@code
   *     String}, {@code BigDecimal} and the like; a primitive's is its wrapper's
   * @throws IllegalArgumentException if it is null, there is no such parameter, or it is of another
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
   * @param type as above
   * @return empty: it is null
   * @throws IllegalArgumentException if there is no such parameter, or it is of another type
   */
  public <T> Optional<T> optionalArgument(String name, Class<T> type) {
    return new FrozenArguments(arguments).read(name, type);
  }
}
