package dev.countersign.app.chat.conversation;

import static org.awaitility.Awaitility.await;

import dev.countersign.Closing;
import dev.countersign.PatientWorker;
import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.chat.budget.ChatBudget;
import dev.countersign.app.chat.conversation.ConversationWorkflow.ConversationInput;
import dev.countersign.app.chat.model.ModelActivities;
import dev.countersign.app.chat.model.ScriptedModel;
import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.app.chat.transcript.Transcript;
import dev.countersign.app.purchase.Purchase;
import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.approval.Approver;
import dev.countersign.guard.ApprovalPolicy;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.FrozenCall;
import dev.countersign.guard.GuardedCallWorkflow;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.Policies;
import dev.countersign.workflow.TaskQueues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * Conversations on a time-skipping server, without a workflow cache: every workflow task replays.
 */
public final class ConversationTestBed implements BeforeEachCallback, AfterEachCallback {
  static final TaskQueues QUEUES = ToolFixtures.QUEUES;
  public static final Caller ALICE = new Caller("auth0|alice");

  /** How the ids of Alice's conversations begin. */
  public static final String ALICES = "c-" + ToolFixtures.USERS.of(ALICE.sub()) + "-";

  public static final Purchase HEADPHONES = new Purchase("headphones", 2, null);
  public static final Purchase PHONE = new Purchase("XYZ phone", 1, null);

  /** In their order. */
  final List<ApprovalPolicy> policies = new CopyOnWriteArrayList<>();

  public final ScriptedModel model =
      new ScriptedModel(ToolFixtures.freezing(new Policies(() -> policies)));
  public final RecordedDeletion deletion = new RecordedDeletion();
  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(environment());
  private final ModelActivities activities;
  public final OpenWorkflowPages workflows = new OpenWorkflowPages(client());
  public final GuardedCalls calls = ToolFixtures.calls(client(), workflows);
  final MeterRegistry meters = new SimpleMeterRegistry();
  private final Conversations conversations = conversations(Duration.ofSeconds(20));

  /** With a model that follows a script. */
  public ConversationTestBed() {
    activities = model;
  }

  /** With other activities than the scripted ones. */
  public ConversationTestBed(ModelActivities activities) {
    this.activities = activities;
  }

  private static TestEnvironmentOptions environment() {
    var options =
        TestEnvironmentOptions.newBuilder()
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(0).build());
    for (SearchAttributeKey<?> key : ApprovalAttributes.ALL) {
      options.registerSearchAttribute(key.getName(), key.getValueType());
    }
    return options.build();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Worker worker = temporal.newWorker(QUEUES.workflows(), PatientWorker.OPTIONS);
    worker.registerWorkflowImplementationTypes(
        ConversationWorkflowImpl.class, ForgottenConversationImpl.class, FakeCall.class);
    worker.registerActivitiesImplementations(activities, deletion, ToolFixtures.activities(calls));
    temporal.start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Closing.later(temporal);
  }

  Conversations conversations() {
    return conversations;
  }

  /** Conversations that are answered so soon, or not at all. */
  public Conversations conversations(Duration answerWithin) {
    return new Conversations(
        client(),
        QUEUES,
        ToolFixtures.USERS,
        ToolFixtures.remembered(client()),
        ChatBudget.UNLIMITED,
        meters,
        answerWithin);
  }

  /** The list of those that answer so soon. */
  public ConversationList list(Duration answerWithin) {
    return new ConversationList(
        workflows, new OpenConversations(client()), ToolFixtures.USERS, answerWithin);
  }

  public WorkflowClient client() {
    return temporal.getWorkflowClient();
  }

  /** By the server's clock. */
  public Instant now() {
    return Instant.ofEpochMilli(temporal.currentTimeMillis());
  }

  /** Lets virtual time pass. */
  public void sleep(Duration duration) {
    temporal.sleep(duration);
  }

  public TurnAnswer begin(String message) {
    return conversations.begin(ALICE, turn(message, IdempotencyKey.random()));
  }

  public TurnAnswer goOn(String conversationId, String message) {
    return conversations.goOn(ALICE, conversationId, turn(message, IdempotencyKey.random()));
  }

  /** Doesn't wait for the answer. */
  void goOnAndLeave(String conversationId, String message) {
    conversations.goOnAndLeave(ALICE, conversationId, turn(message, IdempotencyKey.random()));
  }

  static TurnRequest turn(String message, IdempotencyKey key) {
    return new TurnRequest(message, key.digest(), null);
  }

  /** What a conversation knows that takes no more turns. */
  public static ConversationMemory fullMemory() {
    return memory(250);
  }

  /** What a conversation knows after so many turns. */
  static ConversationMemory memory(int turns) {
    var transcript = new Transcript(List.of());
    for (int i = 0; i < turns; i++) {
      transcript.say(ChatRole.USER, "Hello", Instant.EPOCH, null);
      transcript.say(ChatRole.ASSISTANT, "Hello.", Instant.EPOCH, null);
    }
    return new ConversationMemory(
        transcript.entries(), List.of(), 0, List.of(), List.of(), List.of(), List.of(), null, null);
  }

  /** A conversation on a task queue at which nobody works. */
  public String startWithoutAWorker() {
    String id = ALICES + IdempotencyKey.random().digest();
    WorkflowClient.start(
        client()
                .newWorkflowStub(
                    ConversationWorkflow.class,
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(id)
                        .setTaskQueue("nobody-works-here")
                        .build())
            ::converse,
        ConversationInput.first(ALICE.sub()));
    return id;
  }

  /** A conversation that begins with what it knows already, and continues as new that often. */
  public String startWith(ConversationMemory memory, int turnsPerRun) {
    String id = ALICES + IdempotencyKey.random().digest();
    WorkflowClient.start(
        client()
                .newWorkflowStub(
                    ConversationWorkflow.class,
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(id)
                        .setTaskQueue(QUEUES.workflows())
                        .build())
            ::converse,
        new ConversationInput(ALICE.sub(), turnsPerRun, memory));
    return id;
  }

  /** The id of a conversation's call, by its number. */
  public static String callId(String conversationId, int number) {
    return "shop_online-"
        + ToolFixtures.USERS.of(ALICE.sub())
        + conversationId.substring(conversationId.lastIndexOf('-'))
        + "-"
        + number;
  }

  /** The conversation of one of Alice's calls. */
  static String conversationOf(String callId) {
    String[] parts = callId.split("-", -1);
    return ALICES + parts[2];
  }

  /** How a turn is answered that asks for the headphones. */
  static String asked(String words) {
    return "Your approval is needed: \"Do you want to buy 2 headphones\".\n\n" + words;
  }

  /** How the outcome of the headphones is told. */
  static String told(CallStatus status, String words) {
    return "\"Do you want to buy 2 headphones\": "
        + status
        + " said by the status itself\n\n"
        + words;
  }

  public void ends(String callId, CallStatus status, String toolResult) {
    fate(callId).end(status, toolResult, status + " said by the status itself", 1);
  }

  /** Waits in real time: {@code getResult} lets virtual time pass, up to what else times out. */
  void awaitEnd(String workflowId) {
    WorkflowStub workflow = client().newUntypedWorkflowStub(workflowId);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> workflow.describe().getStatus(),
            status -> status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
  }

  /** How many turns a conversation has begun or lets wait. */
  long acceptedTurns(String conversationId) {
    return client().fetchHistory(conversationId).getEvents().stream()
        .filter(HistoryEvent::hasWorkflowExecutionUpdateAcceptedEventAttributes)
        .count();
  }

  CallFate fate(String callId) {
    return client().newWorkflowStub(CallFate.class, callId);
  }

  /** The search attribute by which a user's workflows are found. */
  @Nullable String userId(String workflowId) {
    return client()
        .newUntypedWorkflowStub(workflowId)
        .describe()
        .getTypedSearchAttributes()
        .get(ApprovalAttributes.USER_ID);
  }

  /** Who is to approve a call. */
  public Approver approver(String callId) {
    var started =
        client()
            .fetchHistory(callId)
            .getHistory()
            .getEvents(0)
            .getWorkflowExecutionStartedEventAttributes();
    FrozenCall frozen =
        DefaultDataConverter.newDefaultInstance()
            .fromPayload(started.getInput().getPayloads(0), FrozenCall.class, FrozenCall.class);
    JsonMapper json = new JsonMapper();
    return json.treeToValue(json.readTree(frozen.snapshot()).path("approver"), Approver.class);
  }

  public CallState call(String id) {
    return client().newWorkflowStub(GuardedCallWorkflow.class, id).state();
  }

  List<ChatMessage> messages(String conversationId) {
    return conversations.state(ALICE, conversationId).messages();
  }

  /** The messages, as soon as there are that many. */
  public List<ChatMessage> messages(String conversationId, int count) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> messages(conversationId), messages -> messages.size() >= count);
  }
}
