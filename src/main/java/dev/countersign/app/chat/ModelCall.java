package dev.countersign.app.chat;

import java.util.List;

/**
 * Input of {@link ModelActivities#callModel}.
 *
 * @param transcript whole turns; every tool call is followed by its result
 * @param withTools whether the model may call tools; without, it can only speak
 */
public record ModelCall(List<Entry> transcript, boolean withTools) {
  public ModelCall {
    transcript = List.copyOf(transcript);
  }
}
