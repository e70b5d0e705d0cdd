package dev.countersign.app.chat.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.countersign.app.chat.tool.Asker;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Lists;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.guard.FrozenCall;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The step of a conversation that speaks to the language model. */
@ActivityInterface
public interface ModelActivities {
  /** The name of {@link #callModel} in histories: never change it. */
  String CALL_MODEL = "CallModel";

  /**
   * Asks the model for the next words or tool calls, which are checked here: what the workflow gets
   * can be run as it stands. Fails with a failure that is retried when the model may answer later
   * (429, 5xx, time-outs), and with a final one when it won't (API key, unknown model, bad
   * request), or can't be waited for any longer. While an answer comes that is not only to be
   * spoken, its heartbeats are {@link ModelDraft}s; cancelled, it returns what had come to be
   * shown.
   */
  @ActivityMethod(name = CALL_MODEL)
  ModelReply callModel(ModelCall call);

  /**
   * Input of {@link #callModel}.
   *
   * @param transcript whole turns; every tool call is followed by its result
   * @param asker in whose name the model may call tools; null: it can only speak
   * @param plainHistory whether its server has refused this conversation's history with calls in
   *     it; null: no
   * @param turn for which it is asked; null: none, or none was told in the history
   */
  record ModelCall(
      List<Entry> transcript,
      @Nullable Asker asker,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean plainHistory,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TurnSoFar turn) {
    public ModelCall {
      transcript = List.copyOf(transcript);
    }

    /** With a history as it is. */
    ModelCall(List<Entry> transcript, @Nullable Asker asker) {
      this(transcript, asker, null, null);
    }
  }

  /**
   * What the model answered.
   *
   * @param text null: it said nothing
   * @param calls the tools it wants run; empty: none
   * @param frozen for each call of a guarded tool, in their order: what the user is to be asked
   * @param usage null: the model's server doesn't count tokens
   * @param terms of the turn; null: it was answered before there were any
   */
  record ModelReply(
      @Nullable String text,
      List<ToolCall> calls,
      List<FrozenCall> frozen,
      @Nullable TokenUse usage,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TurnTerms terms) {
    public ModelReply {
      calls = Lists.orNone(calls);
      frozen = Lists.orNone(frozen);
    }

    /** An answer without calls of guarded tools, whose tokens were not counted. */
    ModelReply(@Nullable String text, List<ToolCall> calls) {
      this(text, calls, List.of(), null, null);
    }

    /** Whether it is what had come when no more of it was wanted. */
    public boolean wasStopped() {
      return terms != null && Boolean.TRUE.equals(terms.stopped());
    }

    /** Its words; null: it said nothing that can be read. */
    public @Nullable String words() {
      return text == null || text.isBlank() ? null : text;
    }

    /** Its words, or others where it said nothing. */
    public String textOr(String others) {
      return text == null || text.isBlank() ? others : text;
    }
  }
}
