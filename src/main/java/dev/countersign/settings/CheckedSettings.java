package dev.countersign.settings;

import java.util.List;
import java.util.function.Function;

/**
 * Settings records that are checked together, before the first bean is made.
 *
 * @param records annotated with {@code @ConfigurationProperties}, in the order in which their
 *     faults are told
 * @param demands what they demand of each other, a sentence for each demand that isn't met
 */
public record CheckedSettings(
    List<Class<?>> records, Function<BoundSettings, List<String>> demands) {

  /** Records that demand nothing of each other. */
  public CheckedSettings(List<Class<?>> records) {
    this(records, _ -> List.of());
  }
}
