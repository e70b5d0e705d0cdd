package dev.countersign.app.chat.budget;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether something may be used of a user's budget. Lives in histories.
 *
 * @param at when it was decided
 * @param until before which there is none; null: it is given, or nobody knows when it will be
 */
public record Leave(Kind kind, Instant at, @Nullable Instant until) {

  /** The names live in histories: never change one. */
  public enum Kind {
    /** It is counted. */
    GIVEN,
    /** All is used. */
    USED_UP,
    /** All is used or may be, by what goes on right now. */
    TAKEN
  }

  static Leave given(Instant at) {
    return new Leave(Kind.GIVEN, at, null);
  }

  static Leave usedUp(Instant at, Instant until) {
    return new Leave(Kind.USED_UP, at, until);
  }

  static Leave taken(Instant at) {
    return new Leave(Kind.TAKEN, at, null);
  }

  /** How long there is none; 0: there is, or nobody knows. */
  public Duration left() {
    return until == null ? Duration.ZERO : Duration.between(at, until);
  }
}
