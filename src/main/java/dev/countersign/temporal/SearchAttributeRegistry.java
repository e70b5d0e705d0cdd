package dev.countersign.temporal;

import io.temporal.api.enums.v1.IndexedValueType;
import java.util.Map;
import java.util.Optional;

/** The search attributes of a namespace. */
interface SearchAttributeRegistry {

  /** All that are registered; empty: this server doesn't tell. */
  Optional<Map<String, IndexedValueType>> registered();

  /**
   * Registers an attribute; usable only some time later.
   *
   * @return whether that is allowed
   */
  boolean register(String name, IndexedValueType type);

  /** Whether a workflow could set this attribute now. */
  boolean isUsable(String name);
}
