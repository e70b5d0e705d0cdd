package dev.countersign.app.chat.conversation;

import dev.countersign.app.chat.model.ModelActivities.ModelReply;
import dev.countersign.app.chat.tool.CallToolActivities;
import dev.countersign.app.chat.tool.CallToolActivities.CancelRequest;
import dev.countersign.app.chat.tool.CallToolActivities.Cancellation;
import dev.countersign.app.chat.tool.CallToolActivities.ListRequests;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.CancelCall;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.app.chat.transcript.ToolCall.ListCall;
import dev.countersign.guard.CallEnded;
import dev.countersign.guard.ChildCalls;
import dev.countersign.guard.CoveredBy;
import dev.countersign.guard.FrozenCall;
import dev.countersign.workflow.Timers;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Runs the tool calls of a conversation, in workflow code. */
final class ToolRuns {
  private static final Logger log = Workflow.getLogger(ToolRuns.class);

  /** How long a turn waits for all that one reply has done without asking. */
  private static final Duration TURN_WAITS = Duration.ofSeconds(20);

  private final CallToolActivities lists = activities("List what the user was asked");
  private final CallToolActivities cancels = activities("Take back what the user was asked");
  private final String userID;
  private final Conversation conversation;
  private final ChildCalls started;
  private Instant waitsUntil = Instant.EPOCH;

  /** Whether the reply that is run was answered on terms: histories without replay as they were. */
  private boolean hasTerms;

  /**
   * Of one conversation.
   *
   * @param started the calls that it starts
   */
  ToolRuns(String userID, Conversation conversation, ChildCalls started) {
    this.userID = userID;
    this.conversation = conversation;
    this.started = started;
  }

  private static CallToolActivities activities(String summary) {
    return Workflow.newActivityStub(
        CallToolActivities.class, CallToolOptions.lookAndCancel(summary));
  }

  /**
   * Runs the calls of a reply, one after the other.
   *
   * @param effects what was done is added to it
   * @param turn in which they are run: once its user wants no more, nothing is begun any more
   * @return what the model is told, for each call
   */
  List<String> run(ModelReply reply, TurnEffects effects, RunningTurn turn) {
    effects.nextRound();
    hasTerms = reply.terms() != null;
    waitsUntil = WorkflowTime.now().plus(TURN_WAITS);
    conversation.callsAsked(reply.frozen().size());
    Iterator<FrozenCall> frozen = reply.frozen().iterator();
    List<String> results = new ArrayList<>();
    for (ToolCall call : reply.calls()) {
      results.add(
          switch (call) {
            case GuardedToolCall guarded -> {
              FrozenCall next = frozen.next();
              yield turn.isStopped() ? Sentences.STOPPED : ask(guarded, next, effects, turn);
            }
            case ListCall _, CancelCall _ when turn.isStopped() -> Sentences.STOPPED;
            case ListCall(_, var status) -> {
              effects.looked();
              yield list(status);
            }
            case CancelCall(_, var request) -> cancel(request, effects);
            case InvalidCall invalid -> {
              if (invalid.sentence() != null) {
                effects.rejected(invalid.tool(), invalid.sentence(), invalid.standsForGood());
              }
              yield invalid.problem();
            }
          });
    }
    return results;
  }

  private String ask(
      GuardedToolCall call, FrozenCall frozen, TurnEffects effects, RunningTurn turn) {
    String message = frozen.message();
    String id;
    try {
      id = started.start(frozen); // before we speak of it
      conversation.callStarted(id);
      if (hasTerms) {
        effects.begins(call.tool());
      }
    } catch (ChildWorkflowFailure e) {
      log.warn("A call of {} was not started", call.tool(), e);
      if (e.getCause() instanceof WorkflowExecutionAlreadyStarted) {
        return Sentences.startedBefore(message);
      }
      String problem = Sentences.notStarted(message);
      if (hasTerms) {
        effects.rejected(call.tool(), problem, true);
      }
      return problem;
    }
    if (frozen.runsUnasked() || frozen.coveredBy() != null) {
      return outcome(id, frozen, effects, turn);
    }
    effects.asked(message);
    return Sentences.approvalRequested(message);
  }

  /**
   * Of a call that nobody is asked for, or not again: the model gets it as that of any other tool,
   * if it comes in time; else it is told like that of any call.
   */
  private String outcome(String id, FrozenCall frozen, TurnEffects effects, RunningTurn turn) {
    Duration left = Duration.between(WorkflowTime.now(), waitsUntil);
    if (left.isPositive()) {
      Timers.await(
          left,
          "Until " + id + " has ended",
          () -> conversation.hasOutcome(id) || conversation.hasNotice(id) || turn.isStopped());
    }
    Optional<CallEnded> outcome = conversation.takeOutcome(id);
    if (outcome.isPresent()) {
      effects.outcome(
          outcome.get(), hasTerms ? Sentences.named(outcome.get()) : outcome.get().sentence());
      return outcome.get().toolResult();
    }
    String message = frozen.message();
    if (conversation.hasNotice(id)) { // the earlier approval has ended meanwhile
      effects.asked(message);
      return Sentences.approvalRequested(message);
    }
    CoveredBy approval = frozen.coveredBy();
    if (approval == null) {
      effects.begun(message);
      return Sentences.begun(message);
    }
    effects.begunAsBefore(message);
    return Sentences.begunUnder(approval, message);
  }

  private String list(@Nullable String status) {
    try {
      return lists.listRequests(new ListRequests(userID, conversation.newestCallIds(), status));
    } catch (ActivityFailure e) {
      throwIfCancelled(e);
      log.warn("Requests could not be listed", e);
      return Sentences.NOT_LISTED;
    }
  }

  private String cancel(String request, TurnEffects effects) {
    try {
      Cancellation cancellation =
          cancels.cancelRequest(
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
