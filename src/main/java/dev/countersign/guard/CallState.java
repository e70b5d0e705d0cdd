package dev.countersign.guard;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a call stands. Times are of Temporal's clock.
 *
 * @param id the workflow id
 * @param tool the tool's name
 * @param arguments as they were frozen, JSON
 * @param message what the user's device shows
 * @param expiresAt until when the user can approve; null: not asked yet, or that time is over and
 *     nobody says what became of it
 * @param decidedAt when the user's decision arrived; null: none yet
 * @param doneAt when the method had returned, or that became known; null: neither
 * @param endedAt when the call ended, or its unknown outcome was settled; null: it has not
 * @param result the method's value, JSON; null: not done, or none that can be kept
 * @param reason why it isn't done, why the user is asked once more, how it became known that it was
 *     done, or that nobody says what became of it, a sentence for the user; null: nothing is to be
 *     told
 * @param code why it isn't done (yet), for programs; null: nothing is to be told
 * @param toolResult what a model is told of how it ended, which speaks of the user; null: it has
 *     not ended, or the value says it
 * @param startedBy id of the workflow that started it and is told how it ends; null: none
 * @param unasked true: a policy has decided that its user need not be asked; null: they are
 * @param coveredBy the earlier approval under which it runs or has run, so that its user was not
 *     asked; null: none covers it
 * @param version rises with every change of what is shown here; null: not known
 */
public record CallState(
    String id,
    String tool,
    String arguments,
    String message,
    CallStatus status,
    Instant requestedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant decidedAt,
    @Nullable Instant doneAt,
    @Nullable Instant endedAt,
    @Nullable String result,
    @Nullable String reason,
    @Nullable String code,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String toolResult,
    @Nullable String startedBy,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean unasked,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CoveredBy coveredBy,
    @Nullable Integer version) {

  /**
   * The code of one that nobody can approve any more, and of which nobody says what became of it.
   */
  public static final String NO_ANSWER = "no_answer";

  /** The code of one whose user is asked when others of their questions are answered. */
  public static final String IN_LINE = "in_line";

  /** Whether it is done at once: nobody need be asked, or an earlier approval covers it. */
  @JsonIgnore
  public boolean runsAtOnce() {
    return isUnasked() || coveredBy != null;
  }

  /** Whether it is the user's turn, or will be in a moment. */
  @JsonIgnore
  public boolean waits() {
    boolean asks = status == CallStatus.REQUESTED || status == CallStatus.AWAITING_APPROVAL;
    return asks && !runsAtOnce() && !NO_ANSWER.equals(code);
  }

  /** Whether it is done without anybody being asked. */
  @JsonIgnore
  public boolean isUnasked() {
    return Boolean.TRUE.equals(unasked);
  }
}
