package dev.countersign.app.purchase;

import static org.awaitility.Awaitility.await;

import dev.countersign.Closing;
import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.shop.LookUpAnswer;
import dev.countersign.app.shop.OrderAnswer;
import dev.countersign.approval.ApprovalActivities;
import dev.countersign.approval.ApprovalActivitiesImpl;
import dev.countersign.approval.Approver;
import dev.countersign.approval.FakeProvider;
import dev.countersign.approval.PollingSettings;
import dev.countersign.approval.VirtualTime;
import dev.countersign.approval.Waits;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.lease.Lease;
import dev.countersign.vault.Vault;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A time-skipping Temporal with one user, one shop and a workflow that listens. */
final class PurchaseWorld implements AutoCloseable {
  static final Caller ALICE = new Caller("auth0|alice");
  static final Purchase HEADPHONES = new Purchase("headphones", 2, new BigDecimal("99.90"));
  static final String LISTENER_ID = "c-listener";
  static final OrderingSettings ORDERING =
      new OrderingSettings(
          Duration.ofSeconds(10), true, Duration.ofMinutes(15), true, null, Duration.ofDays(7));

  /** Stands where a conversation would, and keeps what it is told. */
  @WorkflowInterface
  public interface ListenerWorkflow extends PurchaseListener {
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
    public void purchaseNotice(PurchaseNotice notice) {
      heard.add(notice.text());
    }

    @Override
    public void purchaseEnded(PurchaseEnded ended) {
      heard.add(ended.status() + ": " + ended.toolResult());
    }
  }

  final TestWorkflowEnvironment environment;
  final Clock clock;
  final FakeProvider provider;
  final FakeShop shop;
  final Vault vault = Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");
  final AtomicBoolean termsAreReadable = new AtomicBoolean(true);
  private final Waits waits = new Waits(Lease.unlimited());

  PurchaseWorld() {
    this(ORDERING);
  }

  PurchaseWorld(OrderingSettings ordering) {
    this(ordering, TestRules.AUTH0, PurchaseDetails.OFF);
  }

  PurchaseWorld(BindingMessageRules rules, PurchaseDetails details) {
    this(ORDERING, rules, details);
  }

  private PurchaseWorld(
      OrderingSettings ordering, BindingMessageRules rules, PurchaseDetails details) {
    this(skippingTime(), ordering, rules, details);
  }

  /** On a real server, which has the search attributes. */
  static PurchaseWorld at(String target, OrderingSettings ordering) {
    return new PurchaseWorld(
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseExternalService(true)
                .setTarget(target)
                .build()),
        ordering,
        TestRules.AUTH0,
        PurchaseDetails.OFF);
  }

  private static TestWorkflowEnvironment skippingTime() {
    return TestWorkflowEnvironment.newInstance(
        TestEnvironmentOptions.newBuilder()
            .registerSearchAttribute("PurchaseStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
            .registerSearchAttribute("UserId", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
            .registerSearchAttribute(
                "ApprovalExpiresAt", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME)
            .setWorkerFactoryOptions(
                // no cache: every workflow task replays the history from its start
                WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(0).build())
            .build());
  }

  private PurchaseWorld(
      TestWorkflowEnvironment environment,
      OrderingSettings ordering,
      BindingMessageRules rules,
      PurchaseDetails details) {
    this.environment = environment;
    clock = VirtualTime.of(environment);
    provider = new FakeProvider(clock);
    shop = new FakeShop(clock);
    ApprovalActivities approval =
        new ApprovalActivitiesImpl(
            provider,
            vault,
            new LoginHintTemplate("{sub}", "https://tenant.example.com/"),
            waits,
            new PollingSettings(Duration.ZERO, 100, null, null, null),
            clock);
    PurchaseSettings settings =
        new PurchaseSettings(
            rules,
            details,
            List.of("openid", "product:buy"),
            "sample-shop-api",
            List.of("urn:example:strong"),
            FakeProvider.EXPIRES_IN,
            null,
            ordering);
    Worker worker = environment.newWorker(PurchaseStart.TASK_QUEUE);
    worker.registerWorkflowImplementationTypes(
        PurchaseWorkflowImpl.class, ListenerWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        approval, unlessBroken(new PurchaseActivitiesImpl(shop, vault, settings, clock)));
    environment
        .newWorker(ApprovalActivities.WAIT_TASK_QUEUE)
        .registerActivitiesImplementations(approval);
    environment.start();
  }

  private PurchaseActivities unlessBroken(PurchaseActivities activities) {
    return new PurchaseActivities() {
      @Override
      public PurchaseTerms terms(PurchaseInput input) {
        if (!termsAreReadable.get()) {
          throw new IllegalStateException("A fault in the code");
        }
        return activities.terms(input);
      }

      @Override
      public OrderAnswer placeOrder(PlaceOrder order) {
        return activities.placeOrder(order);
      }

      @Override
      public LookUpAnswer lookUpOrder(PlaceOrder order) {
        return activities.lookUpOrder(order);
      }
    };
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
                        .setTaskQueue(PurchaseStart.TASK_QUEUE)
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
    String id = PurchaseIds.of(ALICE, IdempotencyKey.random());
    PurchaseInput input = new PurchaseInput(ALICE.sub(), product, conversationId, approver);
    PurchaseWorkflow workflow =
        client().newWorkflowStub(PurchaseWorkflow.class, PurchaseStart.byClient(id, input));
    WorkflowClient.start(workflow::buy, input);
    return new Running(id);
  }

  /** A purchase that was started. */
  final class Running {
    final String id;

    Running(String id) {
      this.id = id;
    }

    PurchaseWorkflow workflow() {
      return client().newWorkflowStub(PurchaseWorkflow.class, id);
    }

    WorkflowStub stub() {
      return client().newUntypedWorkflowStub(id);
    }

    /** Skips time until the purchase has ended. */
    PurchaseState end() {
      return stub().getResult(PurchaseState.class);
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
        .until(() -> purchase.workflow().state(), state -> state.status() == status);
  }

  /** All that the listener heard until now. */
  List<String> heard() {
    return client().newWorkflowStub(ListenerWorkflow.class, LISTENER_ID).heard();
  }

  @Override
  public void close() {
    waits.close();
    Closing.later(environment);
  }
}
