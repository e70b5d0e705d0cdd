package dev.countersign.guard;

import dev.countersign.approval.ApprovalActivities;
import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.message.Wording;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls of guarded methods, for code that starts them, looks at them or takes them back. */
public final class GuardedCalls {
  private static final int KEY_DIGITS = 32;

  private final WorkflowClient client;
  private final ToolRegistry tools;
  private final Freezer freezer;
  private final Supplier<UserDigest> digests;

  /**
   * Calls of this process's tools.
   *
   * @param digests asked when a call is made
   */
  public GuardedCalls(
      WorkflowClient client, ToolRegistry tools, Freezer freezer, Supplier<UserDigest> digests) {
    this.client = client;
    this.tools = tools;
    this.freezer = freezer;
    this.digests = digests;
  }

  /**
   * Asks a user to approve a call of a method; what it does is done after a yes.
   *
   * @param tool the method's name
   * @param arguments in the order of its parameters
   * @return the call's id
   * @throws CallNotDoneException if nobody can be asked so
   * @throws IllegalArgumentException if there is no such tool, or an argument can't be kept
   */
  public String start(CallUser user, String tool, @Nullable Object... arguments) {
    Snapshot snapshot = snapshot(user, tool, UUID.randomUUID().toString(), arguments);
    begin(snapshot);
    return snapshot.id();
  }

  /**
   * The same under a key: again with the same key, it is the same call, for as long as the
   * namespace keeps its history.
   *
   * @param key names the call among those of the user and the tool
   * @throws CallNotDoneException if nobody can be asked so, or the key was used for other arguments
   * @throws IllegalArgumentException if there is no such tool, or an argument can't be kept
   */
  public String startOnce(CallUser user, String key, String tool, @Nullable Object... arguments) {
    Snapshot snapshot =
        snapshot(user, tool, Freezer.digest(key).substring(0, KEY_DIGITS), arguments);
    try {
      begin(snapshot);
    } catch (WorkflowExecutionAlreadyStarted e) {
      if (!state(snapshot.id()).arguments().equals(snapshot.arguments())) {
        throw new CallNotDoneException(
            "This key was used for another call before. Nobody was asked, and nothing was done.");
      }
    }
    return snapshot.id();
  }

  private void begin(Snapshot snapshot) {
    GuardedCallWorkflow workflow =
        client.newWorkflowStub(GuardedCallWorkflow.class, options(snapshot));
    WorkflowClient.start(workflow::call, freezer.freeze(snapshot));
  }

  private Snapshot snapshot(CallUser user, String tool, String name, @Nullable Object[] arguments) {
    GuardedTool guarded =
        tools
            .find(tool)
            .orElseThrow(() -> new IllegalArgumentException("There is no guarded tool " + tool));
    FrozenArguments frozen = FrozenArguments.of(guarded.method(), arguments);
    CallTerms terms = guarded.terms();
    return new Snapshot(
        prefix(user.sub(), tool) + name,
        tool,
        guarded.fingerprint(),
        frozen.json(),
        user.sub(),
        user.approver(),
        message(guarded, frozen),
        guarded.contract().details(frozen),
        terms.scopes(),
        terms.audience(),
        terms.acrValues(),
        terms.requestedExpiry(),
        terms.reAsk(),
        terms.run());
  }

  /** Ids begin so: another user's call can't be named. */
  private String prefix(String sub, String tool) {
    return tool + "-" + digests.get().of(sub) + "-";
  }

  private String message(GuardedTool guarded, FrozenArguments frozen) {
    return switch (guarded.contract().message(frozen, tools.rules())) {
      case Wording.Result.Worded(var words) -> words;
      case Wording.Result.Refused(var problem) ->
          throw new CallNotDoneException(
              "Nobody was asked, and nothing was done: " + problem + ".");
    };
  }

  private WorkflowOptions options(Snapshot snapshot) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(snapshot.id())
        .setTaskQueue(ApprovalActivities.TASK_QUEUE)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
        .setTypedSearchAttributes(
            SearchAttributes.newBuilder()
                .set(ApprovalAttributes.STATUS, CallStatus.REQUESTED.name())
                .set(ApprovalAttributes.TOOL, snapshot.tool())
                .set(ApprovalAttributes.USER_ID, digests.get().of(snapshot.userID()))
                .build())
        .setStaticSummary(snapshot.message())
        .build();
  }

  /**
   * Where a call of a user's stands.
   *
   * @param sub the user's
   * @return empty: they have no call of that id
   */
  public Optional<CallState> find(String sub, String id) {
    if (!isOf(sub, id)) {
      return Optional.empty();
    }
    try {
      return Optional.of(state(id));
    } catch (WorkflowNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Takes a call of a user's back, while its method doesn't run yet; again: the same answer.
   *
   * @param sub the user's
   * @return where it stands then, which is elsewhere than {@link CallStatus#CANCELLED} if it was
   *     too late; empty: they have no call of that id
   */
  public Optional<CallState> cancel(String sub, String id) {
    if (!isOf(sub, id)) {
      return Optional.empty();
    }
    try {
      return Optional.of(client.newUntypedWorkflowStub(id).update("cancel", CallState.class));
    } catch (WorkflowNotFoundException | WorkflowUpdateException e) {
      return find(sub, id); // it has ended, never was, or is too far
    }
  }

  private boolean isOf(String sub, String id) {
    return id.matches("[^-]+-" + digests.get().of(sub) + "-[0-9a-f-]+");
  }

  /** How long a caller of a tool waits for the end of a call. */
  Duration await(String tool) {
    return tools.find(tool).map(guarded -> guarded.terms().await()).orElse(Duration.ZERO);
  }

  /** Where a call stands that goes on, or how it ended. */
  public CallState state(String id) {
    return client.newUntypedWorkflowStub(id).query("state", CallState.class);
  }

  /**
   * Where a call stands when it has ended, or after a time.
   *
   * @param longest 0: at once
   */
  public CallState await(String id, Duration longest) {
    if (!longest.isPositive()) {
      return state(id);
    }
    WorkflowStub workflow = client.newUntypedWorkflowStub(id);
    try {
      return workflow.getResult(longest.toMillis(), TimeUnit.MILLISECONDS, CallState.class);
    } catch (TimeoutException _) {
      return state(id);
    }
  }
}
