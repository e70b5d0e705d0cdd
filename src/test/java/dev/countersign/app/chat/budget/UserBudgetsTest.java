package dev.countersign.app.chat.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.Closing;
import dev.countersign.PatientWorker;
import dev.countersign.app.chat.budget.Leave.Kind;
import dev.countersign.app.chat.budget.UserBudgetWorkflow.Begun;
import dev.countersign.app.chat.budget.UserBudgetWorkflow.Kept;
import dev.countersign.app.chat.budget.UserBudgetWorkflow.Reserved;
import dev.countersign.app.chat.budget.UserBudgetWorkflow.Used;
import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.workflow.TaskQueues;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a user may use in 24 hours, on a server that skips time, without a workflow cache. */
@Timeout(60)
class UserBudgetsTest {
  private static final TaskQueues QUEUES = new TaskQueues("chat");
  private static final String ALICE = "a".repeat(32);
  private static final String BOB = "b".repeat(32);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .registerSearchAttribute(
                  ApprovalAttributes.USER_ID.getName(), ApprovalAttributes.USER_ID.getValueType())
              .setWorkerFactoryOptions(
                  WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(0).build())
              .build());
  private final ChatBudget budget = budget(3, 100);

  @BeforeEach
  void start() {
    temporal
        .newWorker(QUEUES.workflows(), PatientWorker.OPTIONS)
        .registerWorkflowImplementationTypes(UserBudgetWorkflowImpl.class);
    temporal.start();
  }

  @AfterEach
  void close() {
    Closing.later(temporal);
  }

  private WorkflowClient client() {
    return temporal.getWorkflowClient();
  }

  /** Of a process whose settings are these. */
  private ChatBudget budget(int conversations, long tokens) {
    return new UserBudgets(
        client(), QUEUES, new BudgetTerms(conversations, tokens), Duration.ofSeconds(10));
  }

  private static String conversation(String user, int number) {
    return "c-%s-%032x".formatted(user, number);
  }

  private static String workflow(String user) {
    return "chat-budget-of-" + user;
  }

  /** A call that is made, and ends. */
  private void use(String call, long tokens) {
    assertThat(spend(call, tokens)).isEqualTo(Kind.GIVEN);
    spent(call, tokens);
  }

  private Kind spend(String call, long expected) {
    return budget.spend(conversation(ALICE, 1), call, expected).kind();
  }

  private void spent(String call, long tokens) {
    budget.spent(conversation(ALICE, 1), call, tokens);
  }

  @Test
  void givesTokensUntilAllAreUsedAndAgainWhenSomeAreADayOld() {
    use("1", 60);
    temporal.sleep(Duration.ofHours(2));
    use("2", 60);

    Leave leave = budget.spend(conversation(ALICE, 2), "3", 1);

    assertThat(leave.kind()).isEqualTo(Kind.USED_UP);
    assertThat(leave.left())
        .isBetween(Duration.ofHours(22).minusMinutes(1), Duration.ofHours(22).plus(QUARTER));
    temporal.sleep(leave.left().minusMinutes(1));
    assertThat(spend("4", 1)).isEqualTo(Kind.USED_UP);
    temporal.sleep(Duration.ofMinutes(1));
    assertThat(spend("5", 1)).isEqualTo(Kind.GIVEN);
  }

  @Test
  void givesNoMoreAtOnceThanIsLeftButForTheLast() {
    assertThat(spend("1", 60)).isEqualTo(Kind.GIVEN);
    assertThat(spend("2", 60)).isEqualTo(Kind.GIVEN);

    assertThat(spend("3", 60)).isEqualTo(Kind.TAKEN);

    spent("1", 5);
    assertThat(spend("4", 60)).isEqualTo(Kind.GIVEN);
    spent("2", 95);
    spent("4", 5);
    assertThat(spend("5", 1)).isEqualTo(Kind.USED_UP);
  }

  @Test
  void countsARedeliveredReportOnceAndAnotherAttemptAgain() {
    assertThat(spend("1/1", 40)).isEqualTo(Kind.GIVEN);
    assertThat(spend("1/1", 40)).isEqualTo(Kind.GIVEN);
    spent("1/1", 40);
    spent("1/1", 40);
    spent("1/1", 0);
    use("1/2", 40);
    assertThat(spend("1/3", 40)).isEqualTo(Kind.GIVEN);
    spent("1/3", 40);

    assertThat(spend("2/1", 1)).isEqualTo(Kind.USED_UP);
  }

  @Test
  void countsWhatWasUsedWithoutLeaveAndWhatWasNeverTold() {
    spent("without", 30);
    assertThat(spend("lost", 70)).isEqualTo(Kind.GIVEN);
    assertThat(spend("2", 1)).isEqualTo(Kind.TAKEN);

    temporal.sleep(Duration.ofHours(1));

    assertThat(spend("3", 1)).isEqualTo(Kind.USED_UP);
    spent("lost", 1);
    assertThat(spend("4", 1)).isEqualTo(Kind.USED_UP);
  }

  @Test
  void keepsUsersApartAndTakesNoOtherIdForAConversation() {
    use("1", 100);

    assertThat(spend("2", 1)).isEqualTo(Kind.USED_UP);
    assertThat(budget.spend(conversation(BOB, 1), "2", 1).kind()).isEqualTo(Kind.GIVEN);
    assertThat(budget.spend("another-workflow", "2", 1).kind()).isEqualTo(Kind.GIVEN);
  }

  @Test
  void countsConversationsOnceEachWhateverBecomesOfThem() {
    for (int i = 1; i <= 3; i++) {
      assertThat(budget.begin(conversation(ALICE, i)).kind()).isEqualTo(Kind.GIVEN);
      temporal.sleep(Duration.ofHours(1));
    }

    Leave leave = budget.begin(conversation(ALICE, 4));

    assertThat(leave.kind()).isEqualTo(Kind.USED_UP);
    assertThat(leave.left()).isBetween(Duration.ofHours(21).minusMinutes(1), Duration.ofHours(21));
    assertThat(budget.begin(conversation(ALICE, 2)).kind()).isEqualTo(Kind.GIVEN);
    assertThat(budget.begin(conversation(BOB, 1)).kind()).isEqualTo(Kind.GIVEN);
    temporal.sleep(leave.left());
    assertThat(budget.begin(conversation(ALICE, 4)).kind()).isEqualTo(Kind.GIVEN);
    assertThat(budget.begin(conversation(ALICE, 5)).kind()).isEqualTo(Kind.USED_UP);
  }

  @Test
  void followsAChangedSettingAtOnce() {
    use("1", 100);
    IntStream.rangeClosed(1, 3).forEach(i -> budget.begin(conversation(ALICE, i)));
    ChatBudget more = budget(4, 101);
    ChatBudget less = budget(1, 99);

    assertThat(more.spend(conversation(ALICE, 1), "2", 1).kind()).isEqualTo(Kind.GIVEN);
    assertThat(more.begin(conversation(ALICE, 4)).kind()).isEqualTo(Kind.GIVEN);
    assertThat(less.spend(conversation(ALICE, 1), "3", 1).kind()).isEqualTo(Kind.USED_UP);
    assertThat(less.begin(conversation(ALICE, 5)).left()).isBetween(DAY.minusMinutes(1), DAY);
  }

  @Test
  void keepsNothingWhereThereIsNoLimit() {
    ChatBudget unlimited = budget(0, 0);

    assertThat(unlimited.begin(conversation(ALICE, 1)).kind()).isEqualTo(Kind.GIVEN);
    assertThat(unlimited.spend(conversation(ALICE, 1), "1", 1_000).kind()).isEqualTo(Kind.GIVEN);
    unlimited.spent(conversation(ALICE, 1), "1", 1_000);

    assertThat(client().newUntypedWorkflowStub(workflow(ALICE)))
        .satisfies(stub ->
            assertThat(catchThrowable(stub::describe))
                .isInstanceOf(WorkflowNotFoundException.class));
  }

  @Test
  void goesOnWithWhatTheRunBeforeKnew() {
    Instant now = Instant.ofEpochMilli(temporal.currentTimeMillis());
    BudgetFixtures.start(
        client(),
        QUEUES,
        ALICE,
        new Kept(
            List.of(
                new Begun("%032x".formatted(1), now),
                new Begun("%032x".formatted(2), now),
                new Begun("%032x".formatted(3), now)),
            List.of(new Reserved("open", 50, now)),
            List.of(new Used(now.minus(QUARTER), 49)),
            List.of("told")));

    assertThat(budget.begin(conversation(ALICE, 4)).kind()).isEqualTo(Kind.USED_UP);
    assertThat(budget.begin(conversation(ALICE, 3)).kind()).isEqualTo(Kind.GIVEN);
    spent("told", 50);
    assertThat(spend("1", 1)).isEqualTo(Kind.GIVEN);
    assertThat(spend("2", 1)).isEqualTo(Kind.TAKEN);
    spent("open", 51);
    assertThat(spend("3", 1)).isEqualTo(Kind.USED_UP);
  }

  @Test
  void endsWhenNothingCountsAnyMore() {
    use("1", 100);
    budget.begin(conversation(ALICE, 1));

    temporal.sleep(DAY.plus(QUARTER).plusMinutes(1));

    assertThat(client().newUntypedWorkflowStub(workflow(ALICE)).describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
    use("2", 100);
    assertThat(spend("3", 1)).isEqualTo(Kind.USED_UP);
  }

  /** A server that takes no more updates of one workflow. */
  private static final class Busy implements ClientInterceptor {
    @Override
    public <A, B> ClientCall<A, B> interceptCall(
        MethodDescriptor<A, B> method, CallOptions options, Channel next) {
      return new ClientCall<>() {
        @Override
        public void start(Listener<B> listener, Metadata headers) {
          listener.onClose(Status.RESOURCE_EXHAUSTED, new Metadata());
        }

        @Override
        public void request(int messages) {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {}

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(A message) {}
      };
    }
  }

  @Test
  void givesNoneForTheMomentWhereMoreIsAskedAtOnceThanCanBeDecided() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setGrpcClientInterceptors(List.of(new Busy()))
                .build());
    ChatBudget busy =
        new UserBudgets(
            WorkflowClient.newInstance(stubs),
            QUEUES,
            new BudgetTerms(1, 1),
            Duration.ofMillis(300));

    assertThat(busy.begin(conversation(ALICE, 1)).kind()).isEqualTo(Kind.TAKEN);
    assertThat(busy.spend(conversation(ALICE, 1), "1", 1).kind()).isEqualTo(Kind.TAKEN);
    stubs.shutdownNow();
  }

  private ChatBudget budget(String task, Duration patience) {
    return new UserBudgets(client(), new TaskQueues(task), new BudgetTerms(1, 1), patience);
  }

  @Test
  void givesLeaveWhereNobodyDecidesAndCountsAllTheSame() {
    String task = "nobody-works-here";
    ChatBudget alone = budget(task, Duration.ofMillis(300));

    assertThat(alone.begin(conversation(ALICE, 1)).kind()).isEqualTo(Kind.GIVEN);
    assertThat(alone.spend(conversation(ALICE, 1), "1", 1).kind()).isEqualTo(Kind.GIVEN);
    budget(task, Duration.ofSeconds(20)).spent(conversation(ALICE, 1), "1", 7);

    assertThat(client().fetchHistory(task + "-budget-of-" + ALICE).getEvents())
        .anyMatch(event -> event.hasWorkflowExecutionSignaledEventAttributes());
  }
}
