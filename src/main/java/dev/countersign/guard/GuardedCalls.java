package dev.countersign.guard;

import com.google.protobuf.ByteString;
import dev.countersign.approval.QuestionLimits;
import dev.countersign.client.OpenWorkflows;
import dev.countersign.client.WorkflowPages;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of guarded methods, for code that starts them, looks at them or takes them back. */
public final class GuardedCalls {
  private static final Logger log = LoggerFactory.getLogger(GuardedCalls.class);
  private static final int KEY_DIGITS = 32;

  /** From the start of a call to the first run of its method, if nobody is asked now. */
  private static final Duration STARTED_WITHIN = Duration.ofSeconds(5);

  private final WorkflowClient client;
  private final TaskQueues taskQueues;
  private final InstantSource clock;
  private final ToolRegistry tools;
  private final Freezer freezer;
  private final AskedTooOften limits;
  private final Policies policies;
  private final Snapshots snapshots;
  private final CallStates states;
  private final CallEnds ends;
  private final UserCalls userCalls;
  private final VisibleCalls visible;
  private final Duration patienceForOne;

  /**
   * Calls of this process's tools.
   *
   * @param taskQueues of the application whose processes have the tools
   * @param digests asked when a call is made
   * @param policies asked when a call is made
   * @param remembered approvals, which may cover calls
   * @param limits on the questions of each user
   * @param clock the Temporal server's
   */
  public GuardedCalls(
      WorkflowClient client,
      TaskQueues taskQueues,
      ToolRegistry tools,
      Freezer freezer,
      Supplier<UserDigest> digests,
      Policies policies,
      RememberedApprovals remembered,
      QuestionLimits limits,
      InstantSource clock) {
    this(
        client,
        taskQueues,
        tools,
        freezer,
        digests,
        policies,
        remembered,
        limits,
        clock,
        new WorkflowPages(client),
        OpenWorkflows.PATIENCE_FOR_ONE,
        OpenWorkflows.PATIENCE_FOR_MANY);
  }

  /**
   * Calls of this process's tools.
   *
   * @param taskQueues of the application whose processes have the tools
   * @param digests asked when a call is made
   * @param policies asked when a call is made
   * @param remembered approvals, which may cover calls
   * @param limits on the questions of each user
   * @param clock the Temporal server's
   * @param workflows finds calls
   * @param patienceForOne how long a call may take to say where it stands
   * @param patienceForMany the same of several that are asked side by side
   */
  public GuardedCalls(
      WorkflowClient client,
      TaskQueues taskQueues,
      ToolRegistry tools,
      Freezer freezer,
      Supplier<UserDigest> digests,
      Policies policies,
      RememberedApprovals remembered,
      QuestionLimits limits,
      InstantSource clock,
      WorkflowPages workflows,
      Duration patienceForOne,
      Duration patienceForMany) {
    this.client = client;
    this.taskQueues = taskQueues;
    this.clock = clock;
    this.tools = tools;
    this.freezer = freezer;
    this.limits = new AskedTooOften(limits);
    this.policies = policies;
    this.snapshots = new Snapshots(tools, digests, policies, remembered, clock);
    this.states = new CallStates(client, clock);
    this.ends = new CallEnds(client, states);
    this.userCalls = new UserCalls(client, taskQueues, freezer, states, patienceForOne);
    this.patienceForOne = patienceForOne;
    this.visible =
        new VisibleCalls(
            client, freezer, digests, workflows, states, patienceForOne, patienceForMany);
  }

  /**
   * The oldest calls that go on.
   *
   * @param more whether there are others, which began later
   */
  public record Oldest(List<CallState> calls, boolean more) {
    public Oldest {
      calls = List.copyOf(calls);
    }
  }

  /**
   * Some of a user's calls.
   *
   * @param next where the next page starts; null: there is none
   */
  public record Page(List<CallState> calls, @Nullable ByteString next) {
    public Page {
      calls = List.copyOf(calls);
    }
  }

  /**
   * Asks a user to approve a call of a method; what it does is done after a yes. While an equal one
   * of the user's pends, made in whatever process, it is that call: they are asked once, and it is
   * done once. A call that is to be another one has a key ({@link #startOnce}).
   *
   * @param tool the tool's name
   * @param arguments in the order of its parameters
   * @return the call's id
   * @throws TooManyQuestionsException if the user was asked too often
   * @throws CallNotDoneException if nobody can be asked so
   * @throws InvalidArgumentsException if the arguments can't be
   * @throws IllegalArgumentException if there is no such tool, or an argument can't be kept
   */
  public String start(CallUser user, String tool, @Nullable Object... arguments) {
    Snapshot snapshot = snapshots.of(user, tool, UUID.randomUUID().toString(), null, arguments);
    try {
      limits.check(snapshot);
    } catch (TooManyQuestionsException e) {
      return userCalls.pending(snapshot).orElseThrow(() -> e);
    }
    return userCalls.begin(snapshot, frozen -> begin(snapshot, frozen));
  }

  /**
   * The same under a key: again with the same key, it is the same call, for as long as the
   * namespace keeps its history.
   *
   * @param key names the call among those of the user and the tool
   * @return where the call stands; of one that was started now, as it begins
   * @throws KeyUsedException if the key was used for other arguments
   * @throws TooManyQuestionsException if the user was asked too often
   * @throws CallNotDoneException if nobody can be asked so
   * @throws InvalidArgumentsException if the arguments can't be
   * @throws IllegalArgumentException if there is no such tool, or an argument can't be kept
   */
  public CallState startOnce(
      CallUser user, String key, String tool, @Nullable Object... arguments) {
    String name = Freezer.digest(key).substring(0, KEY_DIGITS);
    Snapshot snapshot;
    try {
      snapshot = snapshots.of(user, tool, name, null, arguments);
      limits.check(snapshot);
    } catch (CallNotDoneException | InvalidArgumentsException e) {
      return madeBefore(user, tool, name, arguments).orElseThrow(() -> e);
    }
    try {
      begin(snapshot, freezer.freeze(snapshot));
    } catch (WorkflowExecutionAlreadyStarted e) {
      CallState before = states.of(snapshot.id(), patienceForOne).orElseThrow(() -> e);
      return same(before, snapshot.arguments());
    }
    return KeptCall.justStarted(snapshot, clock.instant());
  }

  /**
   * What is refused now, by a policy whose limit is reached say, may have been done under the key.
   */
  private Optional<CallState> madeBefore(
      CallUser user, String tool, String name, @Nullable Object[] arguments) {
    return states
        .of(snapshots.id(user, tool, name), patienceForOne)
        .map(before -> same(before, snapshots.frozen(tool, arguments)));
  }

  private static CallState same(CallState before, String arguments) {
    if (!before.arguments().equals(arguments)) {
      throw new KeyUsedException(before);
    }
    return before;
  }

  private void begin(Snapshot snapshot, FrozenCall frozen) {
    GuardedCallWorkflow workflow =
        client.newWorkflowStub(GuardedCallWorkflow.class, CallStart.byClient(snapshot, taskQueues));
    WorkflowClient.start(workflow::call, frozen);
  }

  /**
   * Freezes a call for a workflow that starts it as a child of its own, by {@link
   * CallStart#byWorkflow}.
   *
   * @param name names the call among those of the user and the tool: 1 to 80 hexadecimal digits and
   *     {@code -}
   * @param startedBy id of the {@link CallingWorkflow} that is told what becomes of it; null:
   *     nobody
   * @throws TooManyQuestionsException if the user was asked too often
   * @throws CallNotDoneException if nobody can be asked so
   * @throws InvalidArgumentsException if the arguments can't be
   * @throws IllegalArgumentException if there is no such tool, or an argument can't be kept
   */
  public FrozenCall freeze(
      CallUser user,
      String tool,
      String name,
      @Nullable String startedBy,
      @Nullable Object... arguments) {
    Snapshot snapshot = snapshots.of(user, tool, name, startedBy, arguments);
    limits.check(snapshot);
    return freezer.freeze(snapshot);
  }

  /**
   * Arguments as a model writes them, in the order of the parameters; what isn't there is null.
   *
   * @param json an object with the names of the parameters
   * @throws InvalidArgumentsException if it is none, or a value doesn't fit
   * @throws IllegalArgumentException if there is no such tool
   */
  public @Nullable Object[] arguments(String tool, String json) {
    return tools.get(tool).signature().read(json);
  }

  /**
   * Arguments as calls keep them: equal ones are the same call.
   *
   * @param arguments in the order of the parameters
   * @throws IllegalArgumentException if there is no such tool, or an argument can't be kept
   */
  public String frozen(String tool, @Nullable Object[] arguments) {
    return snapshots.frozen(tool, arguments);
  }

  /**
   * Where a call of a user's stands, as far as that can be known.
   *
   * @param sub the user's
   * @return empty: they have no call of that id
   */
  public Optional<CallState> find(String sub, String id) {
    return visible.find(sub, id);
  }

  /**
   * Where those of a user's calls stand that are there, in the order of their ids. They are asked
   * side by side; one that can't be shown at all is left out.
   */
  public List<CallState> find(String sub, List<String> ids) {
    return visible.find(sub, ids);
  }

  /**
   * A user's calls, a page at a time: first those that go on, then by their end. Of those that
   * Temporal lists, which is a moment late, the ones that stand elsewhere by now are left out.
   *
   * @param size at most that many
   * @param from start of the page; null: the first
   */
  public Page list(String sub, CallFilter filter, int size, @Nullable ByteString from) {
    return visible.list(sub, filter, size, from);
  }

  /**
   * The oldest of a user's calls that go on, the oldest first, as {@link #list} has them.
   *
   * @param filter finds no other calls than such that go on
   * @param most at most that many
   * @param listed so many of the newest are looked through for the oldest, up to 1,000
   */
  public Oldest oldest(String sub, CallFilter filter, int most, int listed) {
    return visible.oldest(sub, filter, most, listed);
  }

  /**
   * Ids of a user's calls: first those that go on, then by their end, as Temporal lists them, which
   * is a moment late. Those that stand elsewhere by now are among them.
   *
   * @param most at most that many, up to 1,000
   */
  public List<String> ids(String sub, CallFilter filter, int most) {
    return visible.ids(sub, filter, most);
  }

  /**
   * Takes a call of a user's back, while its method doesn't run yet; again: the same answer.
   *
   * @param sub the user's
   * @return where it stands then, which is elsewhere than {@link CallStatus#CANCELLED} if it was
   *     too late; empty: they have no call of that id
   */
  public Optional<CallState> cancel(String sub, String id) {
    return visible.cancel(sub, id);
  }

  /**
   * What shows that a call of a user's was approved, and what became of it.
   *
   * @param sub the user's
   */
  public EvidenceAnswer evidence(String sub, String id) {
    return visible.evidence(sub, id);
  }

  /**
   * What whoever made a call is told of it: how it ended, if it does within the time that callers
   * of the tool wait, or else how far it is.
   *
   * @param tool the call's
   * @param id of a call that was started
   */
  public CallAnswer answer(String tool, String id) {
    CallState state;
    try {
      state = await(id, patience(tools.find(tool), id));
    } catch (RuntimeException e) { // it was started, and goes on
      log.warn("Nobody knows right now how far {} is: {}", id, e.toString());
      return new CallAnswer.Pending(id, null);
    }
    if (state.status() == CallStatus.DONE) {
      return new CallAnswer.Done(state);
    }
    return state.status().isEnd()
        ? new CallAnswer.NotDone(state)
        : new CallAnswer.Pending(id, state);
  }

  /** What nobody is asked for, or not again, is done as soon as a method can. */
  private Duration patience(Optional<GuardedTool> tool, String id) {
    if (tool.isEmpty()) {
      return Duration.ZERO;
    }
    CallTerms terms = tool.get().terms();
    Duration await = terms.await();
    boolean mayRunAtOnce = policies.areThere() || tool.get().remember() != null;
    if (!mayRunAtOnce || !state(id).runsAtOnce()) {
      return await;
    }
    Duration run = terms.run().timeout().plus(STARTED_WITHIN);
    return run.compareTo(await) > 0 ? run : await;
  }

  /**
   * Where a call stands that goes on, or how it ended.
   *
   * @throws IllegalArgumentException if there is none of that id
   */
  public CallState state(String id) {
    return states
        .of(id, patienceForOne)
        .orElseThrow(() -> new IllegalArgumentException("There is no call " + id));
  }

  /**
   * Where a call stands when it has ended, or after a time.
   *
   * @param longest 0: at once
   */
  public CallState await(String id, Duration longest) {
    return longest.isPositive() ? ends.await(id, longest).orElseGet(() -> state(id)) : state(id);
  }
}
