package dev.countersign.app.chat.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Lists;
import dev.countersign.guard.CallEnded;
import dev.countersign.guard.CallNotice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a conversation knows, as it travels from one run to the next.
 *
 * @param callsAsked how many calls were asked for, those that couldn't be started included: the
 *     next one's number is one more
 * @param callIds the calls that were started
 * @param announced ids of the calls whose outcome was told, or waits in {@code outcomes}
 * @param notices not told yet
 * @param outcomes not told yet
 * @param title the one that its user has given it; null: none
 * @param plainHistory true: the model's server has refused its history with calls in it; null: no
 */
public record ConversationMemory(
    List<Entry> transcript,
    List<AnsweredTurn> turns,
    int callsAsked,
    List<String> callIds,
    List<String> announced,
    List<CallNotice> notices,
    List<CallEnded> outcomes,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String title,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean plainHistory) {
  public ConversationMemory {
    transcript = Lists.orNone(transcript);
    turns = Lists.orNone(turns);
    callIds = Lists.orNone(callIds);
    announced = Lists.orNone(announced);
    notices = Lists.orNone(notices);
    outcomes = Lists.orNone(outcomes);
  }

  static ConversationMemory none() {
    return new ConversationMemory(
        List.of(), List.of(), 0, List.of(), List.of(), List.of(), List.of(), null, null);
  }

  /**
   * A turn that was answered, kept so that its key gets the same answer again.
   *
   * @param key digest of the {@code Idempotency-Key}
   * @param firstMessage number of the user's message
   * @param lastMessage number of the answer
   */
  public record AnsweredTurn(String key, int firstMessage, int lastMessage, List<String> callIds) {
    public AnsweredTurn {
      callIds = Lists.orNone(callIds);
    }
  }
}
