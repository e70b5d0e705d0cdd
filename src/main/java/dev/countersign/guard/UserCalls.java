package dev.countersign.guard;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.client.NoAnswerException;
import dev.countersign.client.OpenWorkflows;
import dev.countersign.client.UserWorkflows;
import dev.countersign.message.MessageCode;
import dev.countersign.vault.Sha256;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins calls that nothing names, by the {@link UserCallsWorkflow} of their user: two that ask the
 * same at once are one call, in whatever processes they are made.
 */
final class UserCalls {
  private static final Logger log = LoggerFactory.getLogger(UserCalls.class);

  /** Of those that turn out to have ended. */
  private static final int MOST_TRIES = 3;

  private final WorkflowClient client;
  private final UserWorkflows workflows;
  private final Freezer freezer;
  private final CallStates states;
  private final Duration patience;
  private final OpenWorkflows open;

  /**
   * Begins calls.
   *
   * @param patience how long to wait for a worker that decides which call it is, and for a call to
   *     say where it stands
   */
  UserCalls(
      WorkflowClient client,
      TaskQueues taskQueues,
      Freezer freezer,
      CallStates states,
      Duration patience) {
    this.client = client;
    this.workflows =
        new UserWorkflows(
            client,
            taskQueues,
            ApprovalAttributes.USER_ID,
            new UserWorkflows.Kind(
                UserCallsWorkflow.TYPE,
                "calls",
                "Calls of one user that no key names: equal ones are one call",
                Map.of()));
    this.freezer = freezer;
    this.states = states;
    this.patience = patience;
    this.open = new OpenWorkflows(client);
  }

  /**
   * Begins a call, unless an equal one pends.
   *
   * @param itself begins the call itself, if nobody can say in time whether one pends
   * @return the id of the call that pends
   */
  String begin(Snapshot snapshot, Consumer<FrozenCall> itself) {
    FrozenCall frozen = freezer.freeze(snapshot);
    var call = new UserCallsWorkflow.UserCall(likeness(snapshot), frozen);
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Optional<String> pending = ask(snapshot, call, tries);
      if (pending.isEmpty()) {
        break;
      }
      if (pending.get().equals(snapshot.id()) || pends(pending.get(), snapshot)) {
        return pending.get();
      }
      forget(snapshot, pending.get());
    }
    try {
      itself.accept(frozen);
    } catch (WorkflowExecutionAlreadyStarted e) {
      log.debug("{} was started after all", snapshot.id(), e);
    }
    return snapshot.id();
  }

  /** The id of an equal call that pends, as far as that can be known. */
  Optional<String> pending(Snapshot snapshot) {
    return open.ask(workflowId(snapshot), "pending", String.class, patience, likeness(snapshot))
            instanceof OpenWorkflows.Answer.Given<String>(var id)
        ? Optional.ofNullable(id).filter(pending -> pends(pending, snapshot))
        : Optional.empty();
  }

  /** Empty: nobody answers in time. */
  private Optional<String> ask(Snapshot snapshot, UserCallsWorkflow.UserCall call, int tries) {
    // of one id, the first answer would come again
    var question =
        new UserWorkflows.Question<>(String.class, "begin", snapshot.id() + "/" + tries, call);
    try {
      return Optional.of(workflows.ask(ownUser(snapshot), question, patience));
    } catch (NoAnswerException e) {
      log.warn("Nobody says whether a call like {} pends: {}", snapshot.id(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Also of what the workflow says, which others may write to, that it is no other call. */
  private boolean pends(String id, Snapshot like) {
    return user(id).equals(user(like.id()))
        && states
            .of(id, patience)
            .filter(call -> !call.status().isEnd())
            .filter(call -> call.tool().equals(like.tool()))
            .filter(call -> call.arguments().equals(like.arguments()))
            .filter(
                call -> words(call.id(), call.message()).equals(words(like.id(), like.message())))
            .isPresent();
  }

  private void forget(Snapshot snapshot, String id) {
    try {
      client.newUntypedWorkflowStub(workflowId(snapshot)).signal("forget", id);
    } catch (WorkflowNotFoundException e) {
      log.debug("Nothing pends of the user of {}", id, e);
    }
  }

  private static Optional<String> user(String id) {
    return CallId.of(id).map(CallId::user);
  }

  private String workflowId(Snapshot snapshot) {
    return workflows.id(ownUser(snapshot));
  }

  private static String ownUser(Snapshot snapshot) {
    return user(snapshot.id()).orElseThrow();
  }

  /** What is asked; the code at its end only names the call. */
  private static String words(String id, String message) {
    return MessageCode.of(id).removedFrom(message);
  }

  private static String likeness(Snapshot snapshot) {
    return Sha256.hex(
        Stream.of(
                snapshot.tool(),
                snapshot.fingerprint(),
                snapshot.arguments(),
                words(snapshot.id(), snapshot.message()),
                String.valueOf(snapshot.authorizationDetails()),
                String.valueOf(snapshot.scopes()),
                String.valueOf(snapshot.audience()),
                String.valueOf(snapshot.acrValues()),
                String.valueOf(snapshot.isUnasked()))
            .map(part -> part.length() + ":" + part)
            .collect(Collectors.joining()));
  }
}
