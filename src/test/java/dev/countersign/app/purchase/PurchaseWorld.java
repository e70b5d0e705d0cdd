package dev.countersign.app.purchase;

import static org.awaitility.Awaitility.await;

import dev.countersign.Closing;
import dev.countersign.PatientWorker;
import dev.countersign.app.api.Caller;
import dev.countersign.app.shop.ShopClient;
import dev.countersign.approval.ApprovalActivities;
import dev.countersign.approval.ApprovalActivitiesImpl;
import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.approval.Approver;
import dev.countersign.approval.FakeProvider;
import dev.countersign.approval.PollingSettings;
import dev.countersign.approval.QuestionLimits;
import dev.countersign.approval.VirtualTime;
import dev.countersign.approval.Waits;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.client.WorkflowPages;
import dev.countersign.guard.ApprovalPolicy;
import dev.countersign.guard.ArgumentCheck;
import dev.countersign.guard.CallEnded;
import dev.countersign.guard.CallListener;
import dev.countersign.guard.CallNotice;
import dev.countersign.guard.CallSettlement;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallTerms;
import dev.countersign.guard.CallUser;
import dev.countersign.guard.CallingWorkflow;
import dev.countersign.guard.Freezer;
import dev.countersign.guard.FrozenCall;
import dev.countersign.guard.GuardActivitiesImpl;
import dev.countersign.guard.GuardedCallWorkflow;
import dev.countersign.guard.GuardedCallWorkflowImpl;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.ListenerActivitiesImpl;
import dev.countersign.guard.Policies;
import dev.countersign.guard.RememberedApprovals;
import dev.countersign.guard.RunTerms;
import dev.countersign.guard.ToolRegistry;
import dev.countersign.guard.ToolRules;
import dev.countersign.guard.UserCallsWorkflowImpl;
import dev.countersign.guard.UserDigest;
import dev.countersign.guard.proxy.BeanTools;
import dev.countersign.guard.proxy.GuardedBeanDefinitions;
import dev.countersign.guard.proxy.GuardedBeans;
import dev.countersign.lease.Lease;
import dev.countersign.message.MessageRules;
import dev.countersign.vault.Vault;
import dev.countersign.workflow.Backoff;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A time-skipping Temporal with one user, one shop and a workflow that listens. */
final class PurchaseWorld implements AutoCloseable {
  static final TaskQueues QUEUES = new TaskQueues("countersign");
  static final Caller ALICE = new Caller("auth0|alice");
  static final Purchase HEADPHONES = new Purchase("headphones", 2, new BigDecimal("99.90"));
  static final String LISTENER_ID = "c-listener";
  static final MessageRules AUTH0 = new MessageRules("[A-Za-z0-9 +\\-_.,:#]", 64, null);
  static final ShopTerms SHOP =
      new ShopTerms(
          Duration.ofSeconds(10), true, Duration.ofMinutes(15), true, null, Duration.ofDays(7));

  /**
   * What the settings say of the shop.
   *
   * @param lookUpNotFoundAfter null: orders can't be looked up
   * @param listened whether somebody is told what becomes of purchases
   */
  record ShopTerms(
      Duration callTimeout,
      boolean idempotent,
      Duration patience,
      boolean askAgainWhenTokenEnds,
      @Nullable Duration lookUpNotFoundAfter,
      Duration settleWithin,
      boolean listened) {

    /** Nobody listens. */
    ShopTerms(
        Duration callTimeout,
        boolean idempotent,
        Duration patience,
        boolean askAgainWhenTokenEnds,
        @Nullable Duration lookUpNotFoundAfter,
        Duration settleWithin) {
      this(
          callTimeout,
          idempotent,
          patience,
          askAgainWhenTokenEnds,
          lookUpNotFoundAfter,
          settleWithin,
          false);
    }

    /** The same, but somebody listens. */
    ShopTerms withListeners() {
      return new ShopTerms(
          callTimeout,
          idempotent,
          patience,
          askAgainWhenTokenEnds,
          lookUpNotFoundAfter,
          settleWithin,
          true);
    }

    ShopProperties properties() {
      return new ShopProperties(
          null,
          idempotent,
          false,
          callTimeout,
          patience,
          lookUpNotFoundAfter == null ? null : "https://shop.example.com/orders/{key}",
          lookUpNotFoundAfter == null ? Duration.ofMinutes(1) : lookUpNotFoundAfter,
          settleWithin);
    }

    RunTerms run() {
      RunTerms run =
          new RunTerms(
              false,
              callTimeout,
              patience,
              Backoff.longestFor(patience),
              askAgainWhenTokenEnds,
              settleWithin.isZero() ? null : settleWithin,
              null);
      return listened ? run.withListeners() : run;
    }
  }

  /** Stands where a conversation would, and keeps what it is told. */
  @WorkflowInterface
  public interface ListenerWorkflow extends CallingWorkflow {
    @WorkflowMethod
    List<String> listen();

    @QueryMethod
    List<String> heard();
  }

  public static class ListenerWorkflowImpl implements ListenerWorkflow {
    private final List<String> heard = new ArrayList<>();

    @Override
    public List<String> listen() {
      Workflow.await(() -> false);
      return heard;
    }

    @Override
    public List<String> heard() {
      return heard;
    }

    @Override
    public void callNotice(CallNotice notice) {
      heard.add(notice.text());
    }

    @Override
    public void callEnded(CallEnded ended) {
      heard.add(PurchaseStatus.of(ended.status()) + ": " + ended.toolResult());
    }
  }

  /** In their order. */
  final List<ApprovalPolicy> policies = new CopyOnWriteArrayList<>();

  final TestWorkflowEnvironment environment;
  final Clock clock;
  final FakeProvider provider;
  final FakeShop shop;
  final List<CallListener> listeners = new CopyOnWriteArrayList<>();
  final Vault vault = Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");
  final Freezer freezer = new Freezer(vault);
  final ToolRegistry tools;
  final GuardedCalls calls;
  private final RememberedApprovals remembered;
  final Purchases purchases;
  private final Waits waits = new Waits(Lease.unlimited());
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  PurchaseWorld() {
    this(SHOP);
  }

  PurchaseWorld(ShopTerms terms) {
    this(skippingTime(), terms, AUTH0, ToolRules.Settings.NONE);
  }

  PurchaseWorld(MessageRules rules, ToolRules.Settings settings) {
    this(skippingTime(), SHOP, rules, settings);
  }

  /** On a real server, which has the search attributes. */
  static PurchaseWorld at(String target, ShopTerms terms) {
    return new PurchaseWorld(
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseExternalService(true)
                .setTarget(target)
                .build()),
        terms,
        AUTH0,
        ToolRules.Settings.NONE);
  }

  private static TestWorkflowEnvironment skippingTime() {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder()
            .setWorkerFactoryOptions(
                // no cache: every workflow task replays the history from its start
                WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(0).build());
    ApprovalAttributes.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    return TestWorkflowEnvironment.newInstance(options.build());
  }

  private PurchaseWorld(
      TestWorkflowEnvironment environment,
      ShopTerms terms,
      MessageRules rules,
      ToolRules.Settings settings) {
    this.environment = environment;
    clock = VirtualTime.of(environment);
    provider = new FakeProvider(clock);
    shop = new FakeShop(clock);
    tools =
        new ToolRegistry(
            rules,
            new CallTerms(
                List.of("openid"),
                "sample-shop-api",
                List.of("urn:example:strong"),
                FakeProvider.EXPIRES_IN,
                null,
                Duration.ZERO,
                terms.run()),
            (tool, own) -> settings.of(tool, idempotent(own, terms.idempotent())),
            false);
    remembered =
        new RememberedApprovals(
            client(), QUEUES, tools, () -> new UserDigest(new byte[32]), freezer, clock);
    calls =
        new GuardedCalls(
            environment.getWorkflowClient(),
            QUEUES,
            tools,
            freezer,
            () -> new UserDigest(new byte[32]),
            new Policies(() -> policies),
            remembered,
            QuestionLimits.NONE,
            clock);
    purchases = new Purchases(calls);
    guard(tools, terms);
    ApprovalActivities approval =
        new ApprovalActivitiesImpl(
            provider,
            vault,
            new LoginHintTemplate("{sub}", "https://tenant.example.com/"),
            QuestionLimits.NONE,
            waits,
            new PollingSettings(Duration.ZERO, 100, null, null, null),
            clock);
    Worker worker = environment.newWorker(QUEUES.workflows(), PatientWorker.OPTIONS);
    worker.registerWorkflowImplementationTypes(
        GuardedCallWorkflowImpl.class, UserCallsWorkflowImpl.class, ListenerWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        approval,
        new GuardActivitiesImpl(tools, freezer, vault, remembered, clock),
        new ListenerActivitiesImpl(() -> listeners));
    environment.newWorker(QUEUES.waits()).registerActivitiesImplementations(approval);
    environment.start();
  }

  private static ToolRules idempotent(ToolRules own, boolean idempotent) {
    return new ToolRules(
        own.message(),
        own.details(),
        own.scopes(),
        own.audience(),
        own.acr(),
        own.expiry(),
        own.await(),
        idempotent,
        own.timeout(),
        own.giveUpAfter(),
        own.settleWithin(),
        own.unseen(),
        own.alwaysAsk(),
        own.remember());
  }

  private void guard(ToolRegistry tools, ShopTerms terms) {
    context.registerBean(GuardedBeanDefinitions.class);
    context.registerBean(
        GuardedBeans.class,
        () ->
            new GuardedBeans(
                context.getBeanFactory(),
                () ->
                    (_, _) -> {
                      throw new IllegalStateException("Nobody calls it directly");
                    }));
    context.registerBean(ShopClient.class, () -> shop);
    context.registerBean(ShopProperties.class, terms::properties);
    context.register(ShopOnline.class);
    context.refresh();
    ShopOnline bean = context.getBean(ShopOnline.class);
    BeanTools.add(tools, bean, _ -> ArgumentCheck.NONE);
    if (!tools.faults().isEmpty()) {
      throw new IllegalStateException(tools.faults().toString());
    }
  }

  /** Purchases whose reads wait for so long. */
  Purchases purchases(WorkflowPages workflows, Duration patience) {
    return purchases(workflows, patience, clock);
  }

  /** The same, read at another time. */
  Purchases purchases(WorkflowPages workflows, Duration patience, InstantSource clock) {
    return new Purchases(
        new GuardedCalls(
            client(),
            QUEUES,
            tools,
            freezer,
            () -> new UserDigest(new byte[32]),
            Policies.NONE,
            remembered,
            QuestionLimits.NONE,
            clock,
            workflows,
            patience,
            patience));
  }

  WorkflowClient client() {
    return environment.getWorkflowClient();
  }

  Running start() {
    return start(null);
  }

  /** Starts a purchase that somebody listens to. */
  Running startHeard() {
    WorkflowClient.start(
        client()
                .newWorkflowStub(
                    ListenerWorkflow.class,
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(LISTENER_ID)
                        .setTaskQueue(QUEUES.workflows())
                        .build())
            ::listen);
    return start(LISTENER_ID);
  }

  Running start(@Nullable String conversationId) {
    return start(HEADPHONES, conversationId, null);
  }

  Running start(Purchase product, @Nullable Approver approver) {
    return start(product, null, approver);
  }

  private Running start(
      Purchase product, @Nullable String conversationId, @Nullable Approver approver) {
    FrozenCall call =
        calls.freeze(
            new CallUser(ALICE.sub(), approver),
            ShopOnline.NAME,
            UUID.randomUUID().toString(),
            conversationId,
            product.product(),
            product.qty(),
            product.priceLimit());
    String id = call.id();
    GuardedCallWorkflow workflow =
        client()
            .newWorkflowStub(
                GuardedCallWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id)
                    .setTaskQueue(QUEUES.workflows())
                    .setTypedSearchAttributes(
                        SearchAttributes.newBuilder()
                            .set(ApprovalAttributes.STATUS, "REQUESTED")
                            .set(ApprovalAttributes.TOOL, ShopOnline.NAME)
                            .build())
                    .build());
    WorkflowClient.start(workflow::call, call);
    return new Running(id);
  }

  /** A purchase that nothing names. */
  Running startUnnamed() {
    return new Running(
        calls.start(
            new CallUser(ALICE.sub(), null),
            ShopOnline.NAME,
            HEADPHONES.product(),
            HEADPHONES.qty(),
            HEADPHONES.priceLimit()));
  }

  /** A purchase that was started. */
  final class Running {
    final String id;

    Running(String id) {
      this.id = id;
    }

    GuardedCallWorkflow workflow() {
      return client().newWorkflowStub(GuardedCallWorkflow.class, id);
    }

    PurchaseState state() {
      return PurchaseState.of(workflow().state());
    }

    PurchaseState cancel() {
      return PurchaseState.of(workflow().cancel());
    }

    void settle(boolean ordered, @Nullable String words) {
      workflow().settle(new CallSettlement(ordered, words));
    }

    WorkflowStub stub() {
      return client().newUntypedWorkflowStub(id);
    }

    /** Skips time until the purchase has ended. */
    PurchaseState end() {
      return PurchaseState.of(stub().getResult(CallState.class));
    }

    String history() {
      return client().fetchHistory(id).toJson(false);
    }
  }

  /** From now on nobody works: neither workflows nor their queries go on. */
  void stopWorkers() {
    environment.getWorkerFactory().shutdownNow();
    environment.getWorkerFactory().awaitTermination(10, TimeUnit.SECONDS);
  }

  /** Waits, without skipping time, until the purchase says that it stands so. */
  PurchaseState awaitStatus(Running purchase, PurchaseStatus status) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(purchase::state, state -> state.status() == status);
  }

  /** All that the listener heard until now. */
  List<String> heard() {
    return client().newWorkflowStub(ListenerWorkflow.class, LISTENER_ID).heard();
  }

  @Override
  public void close() {
    context.close();
    waits.close();
    Closing.later(environment);
  }
}
