package dev.countersign.app.chat;

import dev.countersign.approval.Approver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Input of {@link ModelActivities#callModel}.
 *
 * @param transcript whole turns; every tool call is followed by its result
 * @param asker in whose name the model may call tools; null: it can only speak
 */
public record ModelCall(List<Entry> transcript, @Nullable Asker asker) {
  public ModelCall {
    transcript = List.copyOf(transcript);
  }

  /**
   * Whose calls of guarded tools are frozen.
   *
   * @param userID the {@code sub} of the user who asks, and who is asked
   * @param approver how the provider knows the user; null: by the {@code userID} alone
   * @param conversationId who is told what becomes of them
   * @param nextCall number of the next call in the conversation
   */
  public record Asker(
      String userID, @Nullable Approver approver, String conversationId, int nextCall) {}
}
