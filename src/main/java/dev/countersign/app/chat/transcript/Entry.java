package dev.countersign.app.chat.transcript;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the transcript, which the model gets. The names on the wire live in workflow
 * histories: never change one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Entry.Said.class, name = "said"),
  @JsonSubTypes.Type(value = Entry.ToolsCalled.class, name = "toolsCalled"),
  @JsonSubTypes.Type(value = Entry.ToolReturned.class, name = "toolReturned")
})
public sealed interface Entry {

  /**
   * Words of the user's or the assistant's: the only entry that the user sees.
   *
   * @param extras what the model's server sent beside them and wants to have back, a JSON object;
   *     null: nothing
   */
  record Said(
      ChatMessage message, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String extras)
      implements Entry {

    /** Words that came alone. */
    public Said(ChatMessage message) {
      this(message, null);
    }
  }

  /**
   * The assistant called tools; a {@link ToolReturned} follows for each call, in the same order.
   *
   * @param text what the model said beside the calls; null: nothing
   * @param extras what its server sent beside them and wants to have back, a JSON object; null:
   *     nothing
   */
  record ToolsCalled(
      @Nullable String text,
      List<ToolCall> calls,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String extras)
      implements Entry {
    public ToolsCalled {
      calls = List.copyOf(calls);
    }

    /** Calls that came alone. */
    public ToolsCalled(@Nullable String text, List<ToolCall> calls) {
      this(text, calls, null);
    }
  }

  /** What a tool call returned. */
  record ToolReturned(String callId, String tool, String result) implements Entry {}
}
