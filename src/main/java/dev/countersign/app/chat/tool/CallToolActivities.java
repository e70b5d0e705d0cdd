package dev.countersign.app.chat.tool;

import dev.countersign.app.chat.transcript.Lists;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a conversation that look at the user's calls and take them back. */
@ActivityInterface
public interface CallToolActivities {

  /** Lists the user's calls; returns the tool's result, a JSON object. */
  @ActivityMethod(name = "ListRequests")
  String listRequests(ListRequests input);

  /**
   * Takes a call of the user's back, if it is pending; again: the same answer. What was not done is
   * told, not thrown.
   */
  @ActivityMethod(name = "CancelRequest")
  Cancellation cancelRequest(CancelRequest input);

  /**
   * Input of {@link #listRequests}.
   *
   * @param userID the {@code sub} of the user whose calls are meant
   * @param callIds the newest of this conversation, which Temporal's list may not know yet
   * @param status word of a {@link StatusFilter}; null: all
   */
  record ListRequests(String userID, List<String> callIds, @Nullable String status) {
    public ListRequests {
      callIds = Lists.orNone(callIds);
    }
  }

  /**
   * Input of {@link #cancelRequest}.
   *
   * @param userID the {@code sub} of the user whose calls are meant
   * @param conversationId who is told of the outcome of its own calls
   * @param callIds the newest of this conversation, which Temporal's list may not know yet
   * @param request reference or id, as the model wrote it
   */
  record CancelRequest(String userID, String conversationId, List<String> callIds, String request) {
    public CancelRequest {
      callIds = Lists.orNone(callIds);
    }
  }

  /**
   * What came of a call of {@code cancel_request}.
   *
   * @param toolResult what the model is told
   * @param cancelled what the device of the user had shown of what was taken back; null: nothing
   *     was
   */
  record Cancellation(String toolResult, @Nullable String cancelled) {}
}
