package dev.countersign.temporal;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/**
 * The search attributes without which workflows of this application would stand still.
 *
 * @param keys names and types
 */
public record RequiredSearchAttributes(List<SearchAttributeKey<?>> keys) {
  public RequiredSearchAttributes {
    keys = List.copyOf(keys);
  }
}
