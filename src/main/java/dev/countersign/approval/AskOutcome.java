package dev.countersign.approval;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking the provider once. The names on the wire live in workflow histories: never
 * change one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AskOutcome.Asked.class, name = "asked"),
  @JsonSubTypes.Type(value = AskOutcome.Unreachable.class, name = "unreachable"),
  @JsonSubTypes.Type(value = AskOutcome.Rejected.class, name = "rejected"),
  @JsonSubTypes.Type(value = AskOutcome.NotAsked.class, name = "notAsked"),
  @JsonSubTypes.Type(value = AskOutcome.Overloaded.class, name = "overloaded"),
  @JsonSubTypes.Type(value = AskOutcome.Ambiguous.class, name = "ambiguous"),
  @JsonSubTypes.Type(value = AskOutcome.Delayed.class, name = "delayed"),
  @JsonSubTypes.Type(value = AskOutcome.InLine.class, name = "inLine")
})
public sealed interface AskOutcome {

  /** The user is being asked. */
  record Asked(PendingApproval pending) implements AskOutcome {}

  /** The user has no device on which to be asked. */
  record Unreachable(String reason) implements AskOutcome {}

  /** The provider says that this request can't be. */
  record Rejected(String reason, @Nullable ApprovalError code) implements AskOutcome {}

  /**
   * Certainly not asked: no connection, too many requests, or an answer of nobody who asks users.
   *
   * @param retryAfter when the provider wants to be asked again; null: not said
   */
  record NotAsked(String reason, @Nullable Duration retryAfter) implements AskOutcome {}

  /** 503, in histories only: newer ones have {@link Ambiguous} for it. */
  record Overloaded(String reason, @Nullable Duration retryAfter) implements AskOutcome {}

  /**
   * The user may have been asked, but there is no handle to fetch the answer with.
   *
   * @param retryAfter when the provider wants to be asked again; null: not said
   */
  record Ambiguous(String reason, @Nullable Duration retryAfter) implements AskOutcome {}

  /**
   * Not asked, because this process has made as many requests as it may in a minute.
   *
   * @param delay after which it is this request's turn
   * @param reserved what to ask again with; null: nothing, as in older histories
   */
  record Delayed(Duration delay, @Nullable Reserved reserved) implements AskOutcome {}

  /**
   * Not asked, because others of the user's questions come first.
   *
   * @param reason for the user
   */
  record InLine(String reason) implements AskOutcome {}
}
