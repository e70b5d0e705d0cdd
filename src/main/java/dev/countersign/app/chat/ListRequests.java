package dev.countersign.app.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Input of {@link CallToolActivities#listRequests}.
 *
 * @param userID the {@code sub} of the user whose calls are meant
 * @param callIds the newest of this conversation, which Temporal's list may not know yet
 * @param status word of a {@link StatusFilter}; null: all
 */
public record ListRequests(String userID, List<String> callIds, @Nullable String status) {
  public ListRequests {
    callIds = Lists.orNone(callIds);
  }
}
