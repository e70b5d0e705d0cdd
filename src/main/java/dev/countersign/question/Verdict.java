package dev.countersign.question;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user is asked now. Lives in histories.
 *
 * @param sentence why not, for the user, without a full stop where it is refused; null: they are
 * @param until before it would be refused again; null: it isn't refused
 */
public record Verdict(Kind kind, @Nullable String sentence, @Nullable Instant until) {

  /** The names live in histories: never change one. */
  public enum Kind {
    /** They are. */
    ASK,
    /** When others are answered. */
    IN_LINE,
    /** They aren't. */
    REFUSED
  }

  static Verdict ask() {
    return new Verdict(Kind.ASK, null, null);
  }

  static Verdict inLine(String sentence) {
    return new Verdict(Kind.IN_LINE, sentence, null);
  }

  static Verdict refused(String sentence, Instant until) {
    return new Verdict(Kind.REFUSED, sentence, until);
  }
}
