package dev.countersign.approval;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a user may be asked now, over all questions of theirs, so that nobody can wear
 * them down until they approve. Asked before each time that a phone rings.
 */
public interface QuestionLimits {
  /** Everybody may be asked at any time. */
  QuestionLimits NONE =
      new QuestionLimits() {
        @Override
        public Answer mayAsk(List<String> users, String workflowId, String name) {
          return new Answer.Ask();
        }

        @Override
        public Optional<Refusal> refusal(String userID) {
          return Optional.empty();
        }
      };

  /**
   * Asks whether a question may be asked now. If so, it is counted.
   *
   * @param users those whom it counts for: the {@code userID}, and whom a hint names beside it
   * @param workflowId of the workflow that asks
   * @param name of this question among the workflow's: the same when the answer was lost and it is
   *     asked about again
   */
  Answer mayAsk(List<String> users, String workflowId, String name);

  /**
   * Whether any question of a user's would be refused right now; empty as well if nobody says so in
   * time. Counts nothing.
   */
  Optional<Refusal> refusal(String userID);

  /**
   * Why a user must not be asked.
   *
   * @param sentence for the user
   * @param retryAfter when they can be asked again
   */
  record Refusal(String sentence, Duration retryAfter) {}

  /** What is decided. */
  sealed interface Answer {
    /** The phone may ring; it is counted. */
    record Ask() implements Answer {}

    /**
     * Others come first. The workflow is told by {@link TurnListener} when it is its turn.
     *
     * @param sentence why, for the user
     */
    record InLine(String sentence) implements Answer {}

    /**
     * The user must not be asked.
     *
     * @param sentence why, for the user
     */
    record Refused(String sentence) implements Answer {}

    /** Nobody decides right now. */
    record Unknown(String reason) implements Answer {}
  }
}
