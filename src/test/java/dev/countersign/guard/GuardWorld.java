package dev.countersign.guard;

import com.google.protobuf.TextFormat;
import dev.countersign.Closing;
import dev.countersign.PatientWorker;
import dev.countersign.approval.ApprovalActivities;
import dev.countersign.approval.ApprovalActivitiesImpl;
import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.approval.FakeProvider;
import dev.countersign.approval.PollingSettings;
import dev.countersign.approval.QuestionLimits;
import dev.countersign.approval.VirtualTime;
import dev.countersign.approval.Waits;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.client.WorkflowPages;
import dev.countersign.guard.proxy.BeanTools;
import dev.countersign.guard.proxy.GuardedBeanDefinitions;
import dev.countersign.guard.proxy.GuardedBeans;
import dev.countersign.lease.Lease;
import dev.countersign.message.MessageRules;
import dev.countersign.question.QuestionActivitiesImpl;
import dev.countersign.question.QuestionTerms;
import dev.countersign.question.UserQuestions;
import dev.countersign.question.UserQuestionsWorkflowImpl;
import dev.countersign.vault.Vault;
import dev.countersign.workflow.TaskQueues;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A time-skipping Temporal, a provider with one user, and a bean whose methods are guarded. */
public final class GuardWorld<T> implements AutoCloseable {
  static final TaskQueues QUEUES = new TaskQueues("tools");
  static final RunTerms RUN =
      new RunTerms(
          false,
          Duration.ofSeconds(30),
          Duration.ofMinutes(15),
          Duration.ofSeconds(30),
          true,
          Duration.ofDays(1),
          null);

  /** Every workflow task replays the history from its start. */
  private static final WorkerFactoryOptions NO_CACHE =
      WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(0).build();

  final TestWorkflowEnvironment environment;
  final Clock clock;
  public final FakeProvider provider;
  final Vault vault = Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");
  final Freezer freezer = new Freezer(vault);

  /** Of the process that is there. */
  final List<CallListener> listeners = new CopyOnWriteArrayList<>();

  /** On the questions of each user; {@link #limit} sets them. */
  private QuestionLimits set = QuestionLimits.NONE;

  private final QuestionLimits limits =
      new QuestionLimits() {
        @Override
        public Answer mayAsk(List<String> users, String workflowId, String name) {
          return set.mayAsk(users, workflowId, name);
        }

        @Override
        public Optional<Refusal> refusal(String userID) {
          return set.refusal(userID);
        }
      };

  /** In their order. */
  public final List<ApprovalPolicy> policies = new CopyOnWriteArrayList<>();

  public final T bean;
  public final ToolRegistry tools;
  public final GuardedCalls calls;
  public final RememberedApprovals remembered;

  private final Waits waits = new Waits(Lease.unlimited());
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private @Nullable WorkerFactory restarted;
  private @Nullable CallUser user = new CallUser("alice", null);

  GuardWorld(Class<T> type) {
    this(type, RUN, Duration.ZERO);
  }

  /** Whose callers wait so long for the end of a call. */
  public GuardWorld(Class<T> type, Duration await) {
    this(type, RUN, await);
  }

  /** Whose callers wait so long for the end of a call. */
  GuardWorld(Class<T> type, RunTerms run, Duration await) {
    this(type, run, await, ToolRules.Settings.NONE);
  }

  /** Where the operator says something of tools. */
  public GuardWorld(Class<T> type, Duration await, ToolRules.Settings settings) {
    this(type, RUN, await, settings);
  }

  private GuardWorld(Class<T> type, RunTerms run, Duration await, ToolRules.Settings settings) {
    this(skippingTime(), type, run, await, settings);
  }

  /** On a real server, which has the search attributes. */
  static <T> GuardWorld<T> at(String target, Class<T> type) {
    return new GuardWorld<>(
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseExternalService(true)
                .setTarget(target)
                .build()),
        type,
        RUN,
        Duration.ZERO,
        ToolRules.Settings.NONE);
  }

  private static TestWorkflowEnvironment skippingTime() {
    return TestWorkflowEnvironment.newInstance(
        TestEnvironmentOptions.newBuilder()
            .registerSearchAttribute(
                ApprovalAttributes.STATUS.getName(), ApprovalAttributes.STATUS.getValueType())
            .registerSearchAttribute(
                ApprovalAttributes.TOOL.getName(), ApprovalAttributes.TOOL.getValueType())
            .registerSearchAttribute(
                ApprovalAttributes.USER_ID.getName(), ApprovalAttributes.USER_ID.getValueType())
            .registerSearchAttribute(
                ApprovalAttributes.APPROVAL_EXPIRES_AT.getName(),
                ApprovalAttributes.APPROVAL_EXPIRES_AT.getValueType())
            .setWorkerFactoryOptions(NO_CACHE)
            .setWorkflowServiceStubsOptions(
                WorkflowServiceStubsOptions.newBuilder()
                    .setGrpcClientInterceptors(List.of(new NoStickyQueues()))
                    .build())
            .build());
  }

  private GuardWorld(
      TestWorkflowEnvironment environment,
      Class<T> type,
      RunTerms run,
      Duration await,
      ToolRules.Settings settings) {
    this.environment = environment;
    clock = VirtualTime.of(environment);
    provider = new FakeProvider(clock);
    tools = registry(run, await, settings, false);
    remembered = remembered(tools);
    calls = calls(tools, remembered);
    Gate gate = new CallGate(calls, approvers());
    context.registerBean(GuardedBeanDefinitions.class);
    context.registerBean(
        GuardedBeans.class, () -> new GuardedBeans(context.getBeanFactory(), () -> gate));
    context.register(type);
    context.refresh();
    bean = context.getBean(type);
    BeanTools.add(tools, bean, _ -> ArgumentCheck.NONE);
    if (!tools.faults().isEmpty()) {
      throw new IllegalStateException(tools.faults().toString());
    }
    start(environment.getWorkerFactory());
  }

  private static ToolRegistry registry(
      RunTerms run, Duration await, ToolRules.Settings settings, boolean codes) {
    return new ToolRegistry(
        new MessageRules("[A-Za-z0-9 .,:#]", 64, null),
        new CallTerms(
            List.of("openid", "transfer:make"),
            null,
            null,
            Duration.ofMinutes(5),
            null,
            await,
            run),
        settings,
        codes);
  }

  private RememberedApprovals remembered(ToolRegistry tools) {
    return new RememberedApprovals(
        environment.getWorkflowClient(), QUEUES, tools, this::digest, freezer, clock);
  }

  private GuardedCalls calls(ToolRegistry tools, RememberedApprovals remembered) {
    return new GuardedCalls(
        environment.getWorkflowClient(),
        QUEUES,
        tools,
        freezer,
        this::digest,
        new Policies(() -> policies),
        remembered,
        limits,
        clock);
  }

  /** From now on users are asked no more often. */
  void limit(QuestionTerms terms) {
    set =
        new UserQuestions(
            environment.getWorkflowClient(),
            QUEUES,
            digest()::of,
            terms,
            clock,
            Duration.ofSeconds(5));
  }

  private UserDigest digest() {
    return new UserDigest(new byte[32]);
  }

  /** Another process of the same application, which runs no calls. */
  public OtherProcess otherProcess(ToolRules.Settings settings) {
    ToolRegistry own = registry(RUN, Duration.ZERO, settings, false);
    RememberedApprovals its = remembered(own);
    return new OtherProcess(own, calls(own, its), its);
  }

  /** Another process that has the same tools, and runs none of them. */
  OtherProcess otherProcessOf(Class<T> type) {
    OtherProcess other = otherProcess(ToolRules.Settings.NONE);
    BeanTools.add(other.tools(), context.getBean(type), _ -> ArgumentCheck.NONE);
    return other;
  }

  /** The same calls as another process makes them whose messages end in a code. */
  GuardedCalls callsWithCodes() {
    ToolRegistry own = registry(RUN, Duration.ZERO, ToolRules.Settings.NONE, true);
    BeanTools.add(own, bean, _ -> ArgumentCheck.NONE);
    return calls(own, remembered(own));
  }

  /** What a process has. */
  public record OtherProcess(
      ToolRegistry tools, GuardedCalls calls, RememberedApprovals remembered) {}

  private void start(WorkerFactory workers) {
    ApprovalActivities approvals =
        new ApprovalActivitiesImpl(
            provider,
            vault,
            new LoginHintTemplate("{sub}", "https://tenant.example.com/"),
            limits,
            waits,
            new PollingSettings(Duration.ZERO, 100, null, null, null),
            clock);
    Worker worker = workers.newWorker(QUEUES.workflows(), PatientWorker.OPTIONS);
    worker.registerWorkflowImplementationTypes(
        GuardedCallWorkflowImpl.class,
        UserCallsWorkflowImpl.class,
        UserGrantsWorkflowImpl.class,
        UserQuestionsWorkflowImpl.class,
        GuardedCallTest.ThiefImpl.class,
        RememberedApprovalsTest.MuteImpl.class,
        Ticking.Impl.class);
    worker.registerActivitiesImplementations(
        approvals,
        new GuardActivitiesImpl(tools, freezer, vault, remembered, clock),
        new GrantActivitiesImpl(freezer, vault, remembered, clock),
        new QuestionActivitiesImpl(environment.getWorkflowClient(), clock),
        new ListenerActivitiesImpl(() -> listeners));
    workers.newWorker(QUEUES.waits()).registerActivitiesImplementations(approvals);
    workers.start();
  }

  /** The process ends, whatever it is at, and then another one comes that has these listeners. */
  void restart(CallListener... ofNext) {
    stopWorkers();
    listeners.clear();
    listeners.addAll(List.of(ofNext));
    WorkerFactory next = WorkerFactory.newInstance(environment.getWorkflowClient(), NO_CACHE);
    restarted = next;
    start(next);
  }

  /** From now on nobody works: neither workflows nor their queries go on. */
  void stopWorkers() {
    WorkerFactory ending = environment.getWorkerFactory();
    ending.shutdownNow();
    ending.awaitTermination(10, TimeUnit.SECONDS);
  }

  /** Names who is signed in. */
  public ApproverResolver approvers() {
    return () -> Optional.ofNullable(user);
  }

  public void signedIn(@Nullable String sub) {
    user = sub == null ? null : new CallUser(sub, null);
  }

  /**
   * Calls for whoever waits a second only for an answer.
   *
   * @param queues where workers are looked for
   */
  GuardedCalls impatient(TaskQueues queues) {
    WorkflowClient client = environment.getWorkflowClient();
    return new GuardedCalls(
        client,
        queues,
        tools,
        freezer,
        () -> new UserDigest(new byte[32]),
        Policies.NONE,
        remembered,
        QuestionLimits.NONE,
        clock,
        new WorkflowPages(client),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }

  /**
   * Lets virtual time go on by steps of some seconds: what is remembered for minutes is still there
   * when the end of a call was awaited.
   */
  public void ticks() {
    WorkflowClient.start(
        environment
                .getWorkflowClient()
                .newWorkflowStub(
                    Ticking.class,
                    WorkflowOptions.newBuilder().setTaskQueue(QUEUES.workflows()).build())
            ::tick);
  }

  /** Starts a call under any id, as whoever may write to Temporal can. */
  void startAs(String id, FrozenCall call) {
    environment
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            GuardedCallWorkflow.TYPE,
            WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(QUEUES.workflows()).build())
        .start(call);
  }

  /** How a call ended, a day of virtual time later at most. */
  public CallState end(String id) {
    return calls.await(id, Duration.ofDays(2));
  }

  /** All that Temporal keeps of a workflow, its payloads as texts. */
  public String historyText(String id) {
    return history(id).stream()
        .map(event -> TextFormat.printer().escapingNonAscii(false).printToString(event))
        .collect(Collectors.joining("\n"));
  }

  List<HistoryEvent> history(String id) {
    return environment.getWorkflowClient().fetchHistory(id).getEvents();
  }

  @Override
  public void close() {
    context.close();
    waits.close();
    if (restarted != null) {
      restarted.shutdownNow();
    }
    Closing.later(environment);
  }
}
