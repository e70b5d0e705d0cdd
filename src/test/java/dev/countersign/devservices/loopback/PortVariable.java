package dev.countersign.devservices.loopback;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A port that a variable may move.
 *
 * @param usual where the port is when the variable isn't set
 */
public record PortVariable(String name, int usual) {

  /**
   * The port; 0 asks for a free one.
   *
   * @param variables gives a variable's value; null: not set
   * @throws IllegalArgumentException if the value is no port; the message names the variable
   */
  public int in(Function<String, @Nullable String> variables) {
    String value = variables.apply(name);
    if (value == null) {
      return usual;
    }
    if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
      throw new IllegalArgumentException(
          name + " must be a port from 0 (a free one) to 65535, but is " + value);
    }
    return Integer.parseInt(value);
  }
}
