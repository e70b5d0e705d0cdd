package dev.countersign.app.chat;

import java.util.List;

/**
 * Input of {@link CallToolActivities#cancelRequest}.
 *
 * @param userID the {@code sub} of the user whose calls are meant
 * @param conversationId who is told of the outcome of its own calls
 * @param callIds the newest of this conversation, which Temporal's list may not know yet
 * @param request reference or id, as the model wrote it
 */
public record CancelRequest(
    String userID, String conversationId, List<String> callIds, String request) {
  public CancelRequest {
    callIds = Lists.orNone(callIds);
  }
}
