package dev.countersign.guard;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.client.Deadlines;
import dev.countersign.client.OpenWorkflows;
import dev.countersign.client.Updates;
import dev.countersign.message.MessageCode;
import dev.countersign.vault.Sha256;
import dev.countersign.workflow.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
  private final TaskQueues taskQueues;
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
    this.taskQueues = taskQueues;
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
    UpdateOptions<String> options =
        UpdateOptions.newBuilder(String.class)
            .setUpdateName("begin")
            .setUpdateId(
                snapshot.id() + "/" + tries) // of one id, the first answer would come again
            .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
            .build();
    try {
      return Optional.of(
          Deadlines.within(
                  patience,
                  () ->
                      Updates.send(() ->
                          stub(snapshot)
                              .startUpdateWithStart(
                                  options, new Object[] {call}, new Object[] {Map.of()})))
              .getResult(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (WorkflowServiceException | WorkflowUpdateException | StatusRuntimeException e) {
      log.warn("Nobody says whether a call like {} pends: {}", snapshot.id(), e.toString());
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
    return taskQueues.prefix() + "-calls-of-" + user(snapshot.id()).orElseThrow();
  }

  private WorkflowStub stub(Snapshot snapshot) {
    return client.newUntypedWorkflowStub(
        UserCallsWorkflow.TYPE,
        WorkflowOptions.newBuilder()
            .setWorkflowId(workflowId(snapshot))
            .setTaskQueue(taskQueues.workflows())
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setTypedSearchAttributes(
                SearchAttributes.newBuilder()
                    .set(ApprovalAttributes.USER_ID, user(snapshot.id()).orElseThrow())
                    .build())
            .setStaticSummary("Calls of one user that no key names: equal ones are one call")
            .build());
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
