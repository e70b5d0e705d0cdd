package dev.countersign.guard;

import java.util.List;

/** A call has arguments that it can't have: nobody was asked, and nothing was done. */
public final class InvalidArgumentsException extends IllegalArgumentException {
  private final transient List<String> problems;

  /**
   * Says what is wrong.
   *
   * @param problems each without a stop: {@code qty must be a whole number}
   */
  public InvalidArgumentsException(List<String> problems) {
    super("Nothing was done, and nobody was asked: " + String.join(". ", problems) + ".");
    this.problems = List.copyOf(problems);
  }

  /** Each what is wrong, without a stop. */
  public List<String> problems() {
    return problems;
  }
}
