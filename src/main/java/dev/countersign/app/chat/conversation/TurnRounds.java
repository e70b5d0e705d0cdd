package dev.countersign.app.chat.conversation;

import dev.countersign.app.chat.model.ModelActivities.ModelReply;
import dev.countersign.app.chat.model.TurnTerms;
import dev.countersign.app.chat.transcript.Transcript;
import dev.countersign.workflow.WorkflowTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How often the model is asked in one turn. */
final class TurnRounds {
  /** Of turns that were answered before there were terms. */
  private static final int MOST_WITHOUT_TERMS = 3;

  /** Beside what was stored before the turn, of which Temporal takes 2 MB. */
  private static final int MOST_STORED_BYTES = 1024 * 1024;

  private final Instant begun = WorkflowTime.now();
  private int rounds;
  private @Nullable TurnTerms terms;

  /** One more answer. */
  void add(ModelReply reply) {
    rounds++;
    terms = reply.terms();
  }

  /**
   * What the last answer's server wants to have back with it, where tools were called before it in
   * this turn; null: nothing.
   */
  @Nullable String extras() {
    return terms == null || rounds < 2 ? null : terms.extras();
  }

  /** Whether the answers say on which terms: what is new of turns holds for these alone. */
  boolean hasTerms() {
    return terms != null;
  }

  /**
   * Whether the model isn't asked again.
   *
   * @param transcript as it is now
   */
  boolean isOver(Transcript transcript) {
    if (terms == null) {
      return rounds >= MOST_WITHOUT_TERMS;
    }
    return rounds >= terms.mostRounds()
        || transcript.storedBytes() > MOST_STORED_BYTES
        || Duration.between(begun, WorkflowTime.now())
                .compareTo(Duration.ofSeconds(terms.turnSeconds()))
            > 0;
  }
}
