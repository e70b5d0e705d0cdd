package dev.countersign.app.chat.transcript;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A tool call of the model's, checked before it reaches the workflow. The names on the wire live in
 * workflow histories: never change one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "call")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ToolCall.GuardedToolCall.class, name = "guarded"),
  @JsonSubTypes.Type(value = ToolCall.ListCall.class, name = "list"),
  @JsonSubTypes.Type(value = ToolCall.CancelCall.class, name = "cancel"),
  @JsonSubTypes.Type(value = ToolCall.InvalidCall.class, name = "invalid")
})
public sealed interface ToolCall {

  /** Unique within the transcript; never used outside it. */
  String id();

  /** Name of the tool. */
  String tool();

  /**
   * A call of a guarded tool, frozen and not started yet.
   *
   * @param arguments as the model gave them, a JSON object
   */
  record GuardedToolCall(String id, String tool, String arguments) implements ToolCall {}

  /**
   * A valid call of {@code list_requests}.
   *
   * @param status {@code pending}, {@code ended}, or the name of a status; null: all
   */
  record ListCall(String id, @Nullable String status) implements ToolCall {
    /** Name of the tool. */
    public static final String NAME = "list_requests";

    @Override
    public String tool() {
      return NAME;
    }
  }

  /**
   * A call of {@code cancel_request}.
   *
   * @param request a call's reference or its id; which one is not known yet
   */
  record CancelCall(String id, String request) implements ToolCall {
    /** Name of the tool. */
    public static final String NAME = "cancel_request";

    @Override
    public String tool() {
      return NAME;
    }
  }

  /**
   * A call that can't be run.
   *
   * @param arguments a JSON object
   * @param problem what the model is told
   * @param sentence for the user, should the model not say it; null: it is nothing to the user
   * @param forGood whether no other call by the model can put it right; null: there is no sentence,
   *     or it is of a history that has no such member
   */
  record InvalidCall(
      String id,
      String tool,
      String arguments,
      String problem,
      @Nullable String sentence,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean forGood)
      implements ToolCall {

    /** For the user, of calls that were too many for one reply. */
    public static final String TOO_MANY =
        "There was more than can be asked at once: what isn't named here was not started.";

    /** One that the model has to mend, and that is nothing to the user. */
    public InvalidCall(String id, String tool, String arguments, String problem) {
      this(id, tool, arguments, problem, null, null);
    }

    /** Whether no other call by the model can put it right; older histories tell by the words. */
    public boolean standsForGood() {
      return forGood == null ? problem.equals(sentence) || TOO_MANY.equals(sentence) : forGood;
    }
  }
}
