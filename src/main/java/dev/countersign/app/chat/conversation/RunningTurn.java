package dev.countersign.app.chat.conversation;

import dev.countersign.app.chat.model.AskedModel.Answer;
import dev.countersign.app.chat.model.ModelTrouble;
import dev.countersign.app.chat.model.TurnSoFar;
import dev.countersign.app.chat.transcript.ChatMessage;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The turn that is being answered, until its user wants no more of the answer. */
final class RunningTurn {
  private final ChatMessage question;
  private @Nullable CancellationScope asking;
  private boolean stopped;

  /**
   * One that begins.
   *
   * @param question the user's message
   */
  RunningTurn(ChatMessage question) {
    this.question = question;
  }

  /** Number of the user's message. */
  int question() {
    return question.id();
  }

  /** What is known of it before the model is asked once more. */
  TurnSoFar soFar(TurnEffects effects, TurnUsage usage) {
    return new TurnSoFar(Sentences.head(effects), question.at(), usage.tokens());
  }

  /** Whether the user wants no more of the answer. */
  boolean isStopped() {
    return stopped;
  }

  /** The user wants no more of the answer: what has come is all, and no call is made any more. */
  void stop() {
    stopped = true;
    if (asking != null) {
      asking.cancel("Stopped by the user");
    }
  }

  /** Asks the model, until the user wants no more: then the answer is what came until then. */
  Answer ask(Supplier<Answer> model) {
    AtomicReference<@Nullable Answer> answer = new AtomicReference<>();
    CancellationScope scope = Workflow.newCancellationScope(() -> answer.set(model.get()));
    asking = scope;
    try {
      scope.run();
    } catch (TemporalFailure e) {
      if (!stopped) {
        throw e;
      }
    } finally {
      asking = null;
    }
    Answer given = answer.get();
    boolean isCutOff = given instanceof Answer.Given(var reply) && reply.wasStopped() && !stopped;
    return given == null || isCutOff ? new Answer.None(ModelTrouble.AWAY, null) : given;
  }
}
