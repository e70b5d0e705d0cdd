package dev.countersign.app.chat.model;

import dev.countersign.app.chat.model.ModelActivities.ModelCall;
import dev.countersign.app.chat.model.ModelActivities.ModelReply;
import dev.countersign.app.chat.tool.Asker;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Transcript;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Asks the model in workflow code, with as much of the transcript as it can read. */
public final class AskedModel {
  private static final Logger log = Workflow.getLogger(AskedModel.class);

  private final ModelActivities answers = activities("The model answers the user");
  private final ModelActivities news = activities("The model tells what became of a call");
  private final Transcript transcript;
  private int bytes = Integer.MAX_VALUE;

  /** Of the conversation whose transcript this is, as it grows. */
  public AskedModel(Transcript transcript) {
    this.transcript = transcript;
  }

  private static ModelActivities activities(String summary) {
    return Workflow.newActivityStub(ModelActivities.class, ModelOptions.callModel(summary));
  }

  /** What came of it. */
  public sealed interface Answer {

    /** The model answered. */
    record Given(ModelReply reply) implements Answer {}

    /**
     * The model gave up, or wasn't asked.
     *
     * @param until before which it stays so; null: nobody knows
     */
    record None(ModelTrouble trouble, @Nullable Instant until) implements Answer {}
  }

  /**
   * Asks for the next words or tool calls. What is too long for the model is halved, by its oldest
   * turns, down to the newest turn.
   *
   * @param asker in whose name the model may call tools; null: it can only speak
   * @param plainHistory whether the model's server has refused this history with calls in it
   * @param turn for which it is asked; null: none
   */
  public Answer ask(@Nullable Asker asker, boolean plainHistory, @Nullable TurnSoFar turn) {
    while (true) {
      List<Entry> asked = transcript.forModel(bytes);
      try {
        return new Answer.Given(
            (asker == null ? news : answers)
                .callModel(new ModelCall(asked, asker, plainHistory ? true : null, turn)));
      } catch (ActivityFailure e) {
        if (e.getCause() instanceof CanceledFailure) {
          throw e;
        }
        ModelTrouble trouble = ModelTrouble.of(e);
        if (trouble != ModelTrouble.TOO_LONG || Transcript.isOneTurn(asked)) {
          log.warn("The model gave up: {}", trouble);
          return new Answer.None(trouble, ModelTrouble.until(e));
        }
        bytes = Transcript.bytes(asked) / 2;
        log.info("Too long for the model, which gets at most {} bytes from now on", bytes);
      }
    }
  }
}
