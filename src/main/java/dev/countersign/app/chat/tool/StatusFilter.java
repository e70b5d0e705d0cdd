package dev.countersign.app.chat.tool;

import static java.util.stream.Collectors.joining;

import dev.countersign.guard.CallStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a list shows.
 *
 * @param word how the model says it: {@code pending}, {@code ended}, the name of a {@link
 *     CallStatus}
 * @param statuses those that are shown; never empty
 */
record StatusFilter(String word, Set<CallStatus> statuses) {
  private static final String PENDING = "pending";
  private static final String ENDED = "ended";

  StatusFilter {
    statuses = Set.copyOf(statuses);
  }

  /** The filter of a word, in any case; empty: there is none of that word. */
  static Optional<StatusFilter> of(String word) {
    String name = word.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    return switch (name) {
      case PENDING -> Optional.of(new StatusFilter(PENDING, such(status -> !status.isEnd())));
      case ENDED -> Optional.of(new StatusFilter(ENDED, such(CallStatus::isEnd)));
      default ->
          such(status -> status.name().toLowerCase(Locale.ROOT).equals(name)).stream()
              .findFirst()
              .map(status -> new StatusFilter(status.name(), Set.of(status)));
    };
  }

  /** Of a word that was checked; null: all. */
  static Set<CallStatus> statusesOf(@Nullable String word) {
    return Optional.ofNullable(word)
        .flatMap(StatusFilter::of)
        .map(StatusFilter::statuses)
        .orElseGet(() -> EnumSet.allOf(CallStatus.class));
  }

  /** Of all statuses. */
  static String names() {
    return Arrays.stream(CallStatus.values()).map(CallStatus::name).collect(joining(", "));
  }

  private static Set<CallStatus> such(Predicate<CallStatus> condition) {
    var statuses = EnumSet.allOf(CallStatus.class);
    statuses.removeIf(condition.negate());
    return statuses;
  }
}
