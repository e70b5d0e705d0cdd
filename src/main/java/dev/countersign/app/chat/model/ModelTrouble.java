package dev.countersign.app.chat.model;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why there is no answer of the model's. */
public enum ModelTrouble {
  /** It didn't answer in time, however often it was asked. */
  AWAY("ModelAway"),
  /** Its server refuses the key, or knows no such model: somebody must look at the settings. */
  NOT_SET_UP("ModelNotSetUp"),
  /** The account at its provider is used up. */
  NO_QUOTA("ModelQuotaUsedUp"),
  /** What it was given is more than it can read. */
  TOO_LONG("ModelContextTooLong"),
  /** Its provider won't answer that. */
  REFUSED("ModelRefused"),
  /** Its provider takes no more requests for longer than a user waits. */
  BUSY("ModelBusy"),
  /** What answers at its address doesn't answer as a model's server does. */
  UNREADABLE("ModelAnswerUnreadable"),
  /** It called tools, which its server passed on as text. */
  NO_TOOL_PARSER("ModelToolsUnread"),
  /** The user has used up what they may use of it in a day. */
  BUDGET_SPENT("BudgetSpent"),
  /** What is left of that may be used up by answers that are being given. */
  BUDGET_TAKEN("BudgetTaken");

  /** Names the failure in histories: never change one. */
  private final String type;

  ModelTrouble(String type) {
    this.type = type;
  }

  /** The failure of an activity that isn't tried again. */
  ApplicationFailure failure(String words) {
    return failure(words, null);
  }

  /**
   * The same.
   *
   * @param until before which it stays so; null: nobody knows
   */
  ApplicationFailure failure(String words, @Nullable Instant until) {
    return ApplicationFailure.newBuilder()
        .setMessage(words)
        .setType(type)
        .setDetails(until == null ? new Object[0] : new Object[] {until.toString()})
        .setNonRetryable(true)
        .setCategory(ApplicationErrorCategory.BENIGN) // told in a line of ours
        .build();
  }

  /** Why the model call failed. */
  static ModelTrouble of(ActivityFailure failure) {
    return Optional.ofNullable(failure.getCause())
        .filter(ApplicationFailure.class::isInstance)
        .flatMap(cause -> ofType(((ApplicationFailure) cause).getType()))
        .orElse(AWAY);
  }

  /** Before when {@link #BUDGET_SPENT} stays so; null: it is none, or that wasn't said. */
  static @Nullable Instant until(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure cause
            && cause.getType().equals(BUDGET_SPENT.type)
            && cause.getDetails().getSize() > 0
        ? Instant.parse(cause.getDetails().get(String.class))
        : null;
  }

  private static Optional<ModelTrouble> ofType(String type) {
    return Arrays.stream(values()).filter(trouble -> trouble.type.equals(type)).findFirst();
  }
}
