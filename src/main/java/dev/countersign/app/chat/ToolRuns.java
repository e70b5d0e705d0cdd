package dev.countersign.app.chat;

import dev.countersign.app.chat.ToolCall.CancelCall;
import dev.countersign.app.chat.ToolCall.GuardedToolCall;
import dev.countersign.app.chat.ToolCall.InvalidCall;
import dev.countersign.app.chat.ToolCall.ListCall;
import dev.countersign.guard.CallStart;
import dev.countersign.guard.CallState;
import dev.countersign.guard.FrozenCall;
import dev.countersign.guard.GuardedCallWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Runs the tool calls of a conversation, in workflow code. */
final class ToolRuns {
  private static final Logger log = Workflow.getLogger(ToolRuns.class);

  private final CallToolActivities calls =
      Workflow.newActivityStub(CallToolActivities.class, CallToolOptions.lookAndCancel());
  private final String userID;
  private final Conversation conversation;

  ToolRuns(String userID, Conversation conversation) {
    this.userID = userID;
    this.conversation = conversation;
  }

  /**
   * Runs the calls of a reply, one after the other.
   *
   * @param effects what was done is added to it
   * @return what the model is told, for each call
   */
  List<String> run(ModelReply reply, TurnEffects effects) {
    conversation.callsAsked(reply.frozen().size());
    Iterator<FrozenCall> frozen = reply.frozen().iterator();
    List<String> results = new ArrayList<>();
    for (ToolCall call : reply.calls()) {
      results.add(
          switch (call) {
            case GuardedToolCall guarded -> ask(guarded, frozen.next(), effects);
            case ListCall(_, var status) -> list(status);
            case CancelCall(_, var request) -> cancel(request, effects);
            case InvalidCall(_, _, _, var problem, var sentence) -> {
              if (sentence != null) {
                effects.rejected(sentence);
              }
              yield problem;
            }
          });
    }
    return results;
  }

  private String ask(GuardedToolCall call, FrozenCall frozen, TurnEffects effects) {
    GuardedCallWorkflow child =
        Workflow.newChildWorkflowStub(GuardedCallWorkflow.class, CallStart.byWorkflow(frozen));
    Promise<CallState> end = Async.function(child::call, frozen); // is told by signal
    WorkflowExecution started;
    try {
      started = Workflow.getWorkflowExecution(child).get(); // before we speak of it
    } catch (ChildWorkflowFailure e) {
      log.warn("A call of {} was not started", call.tool(), e);
      return Sentences.notStarted(frozen.message());
    }
    String id = started.getWorkflowId();
    conversation.callStarted(id);
    String message = frozen.message();
    tellIfStopped(id, call, message, end);
    effects.asked(message);
    return Sentences.approvalRequested(message);
  }

  /** One that is ended from outside sends no signal. A later run of the conversation isn't told. */
  private void tellIfStopped(
      String id, GuardedToolCall call, String message, Promise<CallState> end) {
    end.exceptionally(failure -> {
      log.warn("{} was stopped from outside", id, failure);
      conversation.hear(Sentences.stopped(id, call, message));
      return null;
    });
  }

  private String list(@Nullable String status) {
    try {
      return calls.listRequests(new ListRequests(userID, conversation.newestCallIds(), status));
    } catch (ActivityFailure e) {
      throwIfCancelled(e);
      log.warn("Requests could not be listed", e);
      return Sentences.NOT_LISTED;
    }
  }

  private String cancel(String request, TurnEffects effects) {
    try {
      Cancellation cancellation =
          calls.cancelRequest(
              new CancelRequest(
                  userID,
                  Workflow.getInfo().getWorkflowId(),
                  conversation.newestCallIds(),
                  request));
      if (cancellation.cancelled() != null) {
        effects.cancelled(cancellation.cancelled());
      }
      return cancellation.toolResult();
    } catch (ActivityFailure e) {
      throwIfCancelled(e);
      log.warn("It is unknown whether a request was cancelled", e);
      return Sentences.CANCEL_UNKNOWN;
    }
  }

  private static void throwIfCancelled(ActivityFailure e) {
    if (e.getCause() instanceof CanceledFailure) {
      throw e;
    }
  }
}
