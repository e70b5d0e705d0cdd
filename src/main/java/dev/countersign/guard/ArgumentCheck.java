package dev.countersign.guard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with the arguments of a call before anybody is asked. */
@FunctionalInterface
public interface ArgumentCheck {
  /** Finds nothing. */
  ArgumentCheck NONE = _ -> List.of();

  /**
   * Looks at the arguments of one call.
   *
   * @return each what is wrong, without a stop: {@code qty must be at most 1000}
   */
  List<String> problems(@Nullable Object[] arguments);
}
