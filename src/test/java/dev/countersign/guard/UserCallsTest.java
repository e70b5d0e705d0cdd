package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.workflow.TaskQueues;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that no key and no model's call id names: equal ones of a user are one, while it pends. */
@Timeout(60)
class UserCallsTest {
  private final GuardWorld<Bank> world = new GuardWorld<>(Bank.class);

  /** Keeps its books. */
  static class Bank {
    final List<String> booked = new CopyOnWriteArrayList<>();

    @RequiresApproval(message = "Transfer {amount} EUR to {iban}")
    String transfer(BigDecimal amount, String iban) {
      booked.add(amount + " to " + iban);
      return "booked " + amount;
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String transfer(String user, String amount) {
    return world.calls.start(new CallUser(user, null), "transfer", new BigDecimal(amount), "DE89");
  }

  private String userWorkflow(String id) {
    return GuardWorld.QUEUES.prefix() + "-calls-of-" + CallId.of(id).orElseThrow().user();
  }

  private WorkflowExecutionStatus status(String workflowId) {
    return world
        .environment
        .getWorkflowClient()
        .newUntypedWorkflowStub(workflowId)
        .describe()
        .getStatus();
  }

  @Test
  void asksOnceForEqualCallsThatAreMadeAtOnceAndTellsAllTheEnd() {
    List<String> ids;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ids =
          IntStream.range(0, 8)
              .mapToObj(_ -> CompletableFuture.supplyAsync(() -> transfer("alice", "5"), threads))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
    }
    assertThat(ids.stream().distinct()).hasSize(1);
    world.provider.approvesAfter(Duration.ofSeconds(5));

    assertThat(ids).allSatisfy(id -> assertThat(world.end(id).status()).isEqualTo(CallStatus.DONE));

    assertThat(world.bean.booked).containsExactly("5 to DE89");
    assertThat(world.provider.rings()).hasSize(1);
  }

  @Test
  void endsMessagesInACodeThatTellsCallsApartAndKeepsEqualOnesOne() {
    GuardedCalls calls = world.callsWithCodes();
    CallUser alice = new CallUser("alice", null);
    String first = calls.start(alice, "transfer", new BigDecimal("5"), "DE89");
    String again = calls.start(alice, "transfer", new BigDecimal("5"), "DE89");
    CallState byKey = calls.startOnce(alice, "k", "transfer", new BigDecimal("5"), "DE89");

    String message = world.calls.state(first).message();
    assertThat(again).isEqualTo(first);
    assertThat(message).matches("Transfer 5 EUR to DE89 #[B-DF-HJKMNP-RTV-X3479]{4}");
    assertThat(byKey.message()).startsWith("Transfer 5 EUR to DE89 #").isNotEqualTo(message);
    assertThat(calls.startOnce(alice, "k", "transfer", new BigDecimal("5"), "DE89").message())
        .isEqualTo(byKey.message());
    world.provider.approvesAfter(Duration.ofSeconds(5));
    assertThat(world.end(first).status()).isEqualTo(CallStatus.DONE);
    assertThat(world.end(byKey.id()).status()).isEqualTo(CallStatus.DONE);
    assertThat(world.provider.rings())
        .extracting(AuthenticationRequest::bindingMessage)
        .containsExactlyInAnyOrder(message, byKey.message());
  }

  @Test
  void givesCallsThatNobodyIsAskedForNoCode() {
    world.policies.add(_ -> ApprovalPolicy.Ruling.notNeeded());
    String id =
        world
            .callsWithCodes()
            .start(new CallUser("alice", null), "transfer", new BigDecimal("5"), "DE89");
    assertThat(world.end(id).message()).isEqualTo("Transfer 5 EUR to DE89");
  }

  @Test
  void asksForEachOfCallsThatDifferAndForEachUser() {
    assertThat(List.of(transfer("alice", "5"), transfer("alice", "6"), transfer("bob", "5")))
        .doesNotHaveDuplicates();
  }

  @Test
  void asksAgainOnceTheCallBeforeHasEnded() {
    world.provider.approvesAfter(Duration.ofSeconds(5));
    String first = transfer("alice", "5");
    assertThat(world.end(first).status()).isEqualTo(CallStatus.DONE);

    String second = transfer("alice", "5");

    assertThat(second).isNotEqualTo(first);
    assertThat(world.end(second).status()).isEqualTo(CallStatus.DONE);
    assertThat(world.bean.booked).hasSize(2);
  }

  @Test
  void asksAgainOnceTheCallBeforeWasStoppedFromOutside() {
    transfer("alice", "6"); // so that the user's workflow stays
    String first = transfer("alice", "5");
    world.environment.getWorkflowClient().newUntypedWorkflowStub(first).terminate("By the test");

    String second = transfer("alice", "5");

    assertThat(second).isNotEqualTo(first);
    assertThat(transfer("alice", "5")).as("which pends now").isEqualTo(second);
  }

  @Test
  void attachesNothingThatHasAKey() {
    CallUser alice = new CallUser("alice", null);
    String unnamed = transfer("alice", "5");
    String one = world.calls.startOnce(alice, "one", "transfer", new BigDecimal("5"), "DE89").id();
    String two = world.calls.startOnce(alice, "two", "transfer", new BigDecimal("5"), "DE89").id();

    assertThat(List.of(unnamed, one, two)).doesNotHaveDuplicates();
  }

  @Test
  void isGoneOnceNothingPends() {
    world.provider.approvesAfter(Duration.ofSeconds(5));
    String id = transfer("alice", "5");
    assertThat(status(userWorkflow(id)))
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);

    world.end(id);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> status(userWorkflow(id)),
            WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED::equals);
  }

  /** Who may write to Temporal can make the workflow say anything. */
  @Test
  void believesNobodyThatAnotherCallIsThisOne() {
    String mine = transfer("alice", "5");
    String other = transfer("alice", "6");
    WorkflowStub workflow =
        world.environment.getWorkflowClient().newUntypedWorkflowStub(userWorkflow(mine));
    String likeness = begun(mine).likeness();
    workflow.signal("forget", mine);
    workflow.update(
        "begin",
        String.class,
        new UserCallsWorkflow.UserCall(likeness, GuardedCallTest.input(world, other)));

    assertThat(transfer("alice", "5")).isNotIn(mine, other);
  }

  private UserCallsWorkflow.UserCall begun(String id) {
    return world.history(userWorkflow(id)).stream()
        .filter(HistoryEvent::hasWorkflowExecutionUpdateAcceptedEventAttributes)
        .map(event ->
            event
                .getWorkflowExecutionUpdateAcceptedEventAttributes()
                .getAcceptedRequest()
                .getInput()
                .getArgs())
        .findFirst()
        .map(args -> GuardedCallTest.payload(world, args, UserCallsWorkflow.UserCall.class))
        .orElseThrow();
  }

  @Test
  void beginsACallItselfWhereNobodyWorks() {
    GuardedCalls calls = world.impatient(new TaskQueues("nobody-works-here"));

    String id = calls.start(new CallUser("alice", null), "transfer", BigDecimal.ONE, "DE89");

    assertThat(status(id)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
  }
}
