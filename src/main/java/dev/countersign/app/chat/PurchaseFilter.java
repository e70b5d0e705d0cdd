package dev.countersign.app.chat;

import static java.util.stream.Collectors.joining;

import dev.countersign.app.purchase.PurchaseStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which purchases a list shows.
 *
 * @param word how the model says it: {@code pending}, {@code ended}, the name of a {@link
 *     PurchaseStatus}
 * @param statuses those that are shown; never empty
 */
record PurchaseFilter(String word, Set<PurchaseStatus> statuses) {
  private static final String PENDING = "pending";
  private static final String ENDED = "ended";

  PurchaseFilter {
    statuses = Set.copyOf(statuses);
  }

  /** The filter of a word, in any case; empty: there is none of that word. */
  static Optional<PurchaseFilter> of(String word) {
    String name = word.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    return switch (name) {
      case PENDING -> Optional.of(new PurchaseFilter(PENDING, such(status -> !status.isEnd())));
      case ENDED -> Optional.of(new PurchaseFilter(ENDED, such(PurchaseStatus::isEnd)));
      default ->
          such(status -> status.name().toLowerCase(Locale.ROOT).equals(name)).stream()
              .findFirst()
              .map(status -> new PurchaseFilter(status.name(), Set.of(status)));
    };
  }

  /** Of a word that was checked; null: all. */
  static Set<PurchaseStatus> statusesOf(@Nullable String word) {
    return Optional.ofNullable(word)
        .flatMap(PurchaseFilter::of)
        .map(PurchaseFilter::statuses)
        .orElseGet(() -> EnumSet.allOf(PurchaseStatus.class));
  }

  /** Of all statuses. */
  static String names() {
    return Arrays.stream(PurchaseStatus.values()).map(PurchaseStatus::name).collect(joining(", "));
  }

  private static Set<PurchaseStatus> such(Predicate<PurchaseStatus> condition) {
    var statuses = EnumSet.allOf(PurchaseStatus.class);
    statuses.removeIf(condition.negate());
    return statuses;
  }
}
