package dev.countersign.app.chat;

import java.util.List;

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
