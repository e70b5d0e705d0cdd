package dev.countersign.guard;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.countersign.vault.Sealed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run of a guarded method. Only {@link Unknown} leaves open whether it did
 * anything. The names on the wire live in workflow histories: never change one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RunAnswer.CoverUnknown.class, name = "coverUnknown"),
  @JsonSubTypes.Type(value = RunAnswer.Done.class, name = "done"),
  @JsonSubTypes.Type(value = RunAnswer.NotDone.class, name = "notDone"),
  @JsonSubTypes.Type(value = RunAnswer.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = RunAnswer.TokenEnded.class, name = "tokenEnded"),
  @JsonSubTypes.Type(value = RunAnswer.Unknown.class, name = "unknown")
})
public sealed interface RunAnswer {

  /** As it is audited, and called in histories. */
  default String label() {
    return switch (this) {
      case Done _ -> "done";
      case NotDone _ -> "not_done";
      case Refused _ -> "refused";
      case TokenEnded _ -> "token_ended";
      case CoverUnknown _ -> "cover_unknown";
      case Unknown _ -> "unknown";
    };
  }

  /**
   * It returned.
   *
   * @param result its value as JSON; null: it has none, or one that can't be kept
   * @param witness {@link RunWitness}, sealed; null: none was kept, as in older histories
   */
  record Done(@Nullable String result, @Nullable Sealed witness) implements RunAnswer {}

  /**
   * It has certainly done nothing, and may later.
   *
   * @param retryAfter when to try again at the earliest; null: whenever
   * @param proof that this was said by whoever was to run it; null: it wasn't
   */
  record NotDone(String reason, @Nullable Duration retryAfter, @Nullable Sealed proof)
      implements RunAnswer {}

  /** It has certainly done nothing and never will. */
  record Refused(String words) implements RunAnswer {}

  /**
   * The approved token had ended, so that it wasn't run.
   *
   * @param proof that this was said by whoever was to run it; null: it wasn't
   */
  record TokenEnded(@Nullable Sealed proof) implements RunAnswer {}

  /**
   * Nobody says whether the earlier approval still covers it, so that it wasn't run.
   *
   * @param proof that this was said by whoever was to run it; null: it wasn't
   */
  record CoverUnknown(@Nullable Sealed proof) implements RunAnswer {}

  /**
   * It failed, or was cut off: it may have done something.
   *
   * @param retryAfter when to run it again at the earliest, if at all; null: whenever
   */
  record Unknown(String reason, @Nullable Duration retryAfter) implements RunAnswer {
    Unknown(String reason) {
      this(reason, null);
    }
  }
}
