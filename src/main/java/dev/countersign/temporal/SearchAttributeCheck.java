package dev.countersign.temporal;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.common.SearchAttributeKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the namespace has every required search attribute, with the right type, before a
 * workflow uses one: one that isn't registered makes a workflow stand still for ever.
 */
final class SearchAttributeCheck {
  private static final Logger log = LoggerFactory.getLogger(SearchAttributeCheck.class);

  private final SearchAttributeRegistry registry;
  private final String namespace;
  private final List<SearchAttributeKey<?>> required;
  private final Duration patience;
  private final Duration pause;

  /**
   * Makes a check; asks nothing yet.
   *
   * @param namespace the registry's, for the commands to run
   * @param patience how long a new attribute may take to become usable
   * @param pause between two looks
   */
  SearchAttributeCheck(
      SearchAttributeRegistry registry,
      String namespace,
      RequiredSearchAttributes required,
      Duration patience,
      Duration pause) {
    this.registry = registry;
    this.namespace = namespace;
    this.required = required.keys();
    this.patience = patience;
    this.pause = pause;
  }

  /**
   * Checks all of them, registers what is missing, and returns when all are usable.
   *
   * @throws TemporalStartException with the command to run, if one has another type, or is missing
   *     and may not be registered, or doesn't become usable
   */
  void run() {
    Map<String, IndexedValueType> registered = registry.registered().orElse(Map.of());
    for (SearchAttributeKey<?> key : required) {
      IndexedValueType type = registered.get(key.getName());
      if (type == null) {
        add(key);
      } else if (type != key.getValueType()) {
        throw wrongType(key, type);
      }
    }
    required.forEach(this::awaitUsable);
  }

  private void add(SearchAttributeKey<?> key) {
    if (registry.register(key.getName(), key.getValueType())) {
      log.info(
          "Registered the search attribute {} ({})", key.getName(), typeName(key.getValueType()));
    } else if (!registry.isUsable(key.getName())) {
      throw missing(key);
    }
  }

  private void awaitUsable(SearchAttributeKey<?> key) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!registry.isUsable(key.getName())) {
      if (System.nanoTime() > deadline) {
        throw new TemporalStartException(
            "The search attribute "
                + key.getName()
                + " is registered, but was not usable within "
                + patience.toSeconds()
                + " s.",
            "Start again in a minute.");
      }
      sleep();
    }
  }

  private void sleep() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TemporalStartException("Start-up was interrupted.", "Start again.");
    }
  }

  private TemporalStartException missing(SearchAttributeKey<?> key) {
    return new TemporalStartException(
        "The namespace "
            + namespace
            + " has no search attribute "
            + key.getName()
            + ", and this application may not register it.",
        "Run \"" + createCommand(key) + "\", or add it in the console of Temporal Cloud.");
  }

  private TemporalStartException wrongType(SearchAttributeKey<?> key, IndexedValueType type) {
    return new TemporalStartException(
        "The search attribute "
            + key.getName()
            + " must be of type "
            + typeName(key.getValueType())
            + ", but is "
            + typeName(type)
            + ".",
        "Run \"temporal operator search-attribute remove --namespace "
            + namespace
            + " --name "
            + key.getName()
            + "\" and then \""
            + createCommand(key)
            + "\", or use another namespace.");
  }

  private String createCommand(SearchAttributeKey<?> key) {
    return "temporal operator search-attribute create --namespace "
        + namespace
        + " --name "
        + key.getName()
        + " --type "
        + typeName(key.getValueType());
  }

  /** As the command line tool writes it: {@code KeywordList}. */
  private static String typeName(IndexedValueType type) {
    StringBuilder name = new StringBuilder();
    for (String word : type.name().substring("INDEXED_VALUE_TYPE_".length()).split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }
}
