package dev.countersign.guard;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one look-up, as it is kept. The names on the wire live in workflow histories: never
 * change one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LookUpAnswer.Done.class, name = "done"),
  @JsonSubTypes.Type(value = LookUpAnswer.NotFound.class, name = "notFound"),
  @JsonSubTypes.Type(value = LookUpAnswer.Unclear.class, name = "unclear"),
  @JsonSubTypes.Type(value = LookUpAnswer.NotPossible.class, name = "notPossible")
})
public sealed interface LookUpAnswer {

  /**
   * It was done.
   *
   * @param result the method's value as JSON; null: it has none, or one that can't be kept
   */
  record Done(@Nullable String result) implements LookUpAnswer {}

  /**
   * There is no trace of it.
   *
   * @param countsAfter how long after the last run that means that nothing was done
   */
  record NotFound(Duration countsAfter) implements LookUpAnswer {}

  /** That can't be said right now. */
  record Unclear(String reason, @Nullable Duration retryAfter) implements LookUpAnswer {}

  /** Nobody can say. */
  record NotPossible() implements LookUpAnswer {}
}
