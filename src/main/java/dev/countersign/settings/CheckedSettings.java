package dev.countersign.settings;

import java.util.List;
import java.util.function.Function;

/**
 * Settings records that are checked together, before the first bean is made.
 *
 * @param records annotated with {@code @ConfigurationProperties}, in the order in which their
 *     faults are told
 * @param more names of settings that no record has, each with all below it
 * @param demands what they demand of each other, a sentence for each demand that isn't met
 */
public record CheckedSettings(
    List<Class<?>> records, List<String> more, Function<BoundSettings, List<String>> demands) {
  public CheckedSettings {
    records = List.copyOf(records);
    more = List.copyOf(more);
  }
}
