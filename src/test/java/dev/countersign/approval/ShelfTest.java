package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.Closing;
import dev.countersign.PatientWorker;
import dev.countersign.vault.Vault;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of decisions whose attempt was taken over before it could report them. */
@Timeout(60)
class ShelfTest {
  private static final String QUEUE = "held";
  private static final Duration WANTED = Duration.ofMinutes(5);

  private final TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance();
  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private final Shelf shelf = new Shelf();

  @BeforeEach
  void start() {
    Worker worker = environment.newWorker(QUEUE, PatientWorker.OPTIONS);
    worker.registerWorkflowImplementationTypes(HeldWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        (Held)
            () -> {
              ActivityExecutionContext context = Activity.getExecutionContext();
              context.doNotCompleteOnReturn();
              attempts.add(new Attempt(context));
              return new Decision.Expired();
            });
    environment.start();
  }

  @AfterEach
  void close() {
    Closing.later(environment);
  }

  @Test
  void anApprovalThatCameToAnAttemptThatWasTakenOverIsStored() {
    WorkflowStub workflow = takenOver();
    shelf.keep("request", approved(), WANTED, attempts.getFirst());

    shelf.reportAgain();

    assertThat(workflow.getResult(Decision.class)).isInstanceOf(Decision.Approved.class);
  }

  @Test
  void whatIsStoredNowNeedsNoOtherAttempt() {
    WorkflowStub workflow = takenOver();
    Attempt current = attempts.getLast();
    shelf.keep("request", new Decision.Denied(), WANTED, current);

    assertThat(shelf.reportAgain(current.runId(), current.info().getActivityId())).isTrue();
    assertThat(workflow.getResult(Decision.class)).isInstanceOf(Decision.Denied.class);
  }

  @Test
  void anotherAttemptIsNeededWhereNothingCanBeStored() {
    takenOver();
    Attempt first = attempts.getFirst();
    shelf.keep("request", new Decision.Denied(), WANTED, first);

    assertThat(shelf.reportAgain(first.runId(), first.info().getActivityId())).isFalse();
  }

  /** A workflow may ask once more: what its first question came to says nothing of the second. */
  @Test
  void whatAnotherActivityOfTheWorkflowDecidedIsNoReportOfThisOne() {
    takenOver();
    Attempt first = attempts.getFirst();
    shelf.keep("request", approved(), WANTED, first);

    assertThat(shelf.reportAgain(first.runId(), "another")).isFalse();
  }

  /** A workflow whose first attempt has ended for Temporal, and whose second one is under way. */
  private WorkflowStub takenOver() {
    WorkflowClient client = environment.getWorkflowClient();
    HeldWorkflow workflow =
        client.newWorkflowStub(
            HeldWorkflow.class, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
    WorkflowClient.start(workflow::run);
    await().until(() -> attempts.size() == 1);
    client
        .newActivityCompletionClient()
        .completeExceptionally(attempts.getFirst().taskToken(), new IllegalStateException("gone"));
    await().until(() -> attempts.size() == 2);
    return WorkflowStub.fromTyped(workflow);
  }

  private static Decision approved() {
    Vault vault = Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");
    return new Decision.Approved(vault.seal("token", "workflow"), null);
  }

  /** Is held until somebody completes it from outside. */
  @ActivityInterface
  public interface Held {
    Decision hold();
  }

  /** Waits for one decision. */
  @WorkflowInterface
  public interface HeldWorkflow {
    @WorkflowMethod
    Decision run();
  }

  public static class HeldWorkflowImpl implements HeldWorkflow {
    @Override
    public Decision run() {
      return Workflow.newActivityStub(
              Held.class,
              ActivityOptions.newBuilder()
                  .setStartToCloseTimeout(Duration.ofMinutes(10))
                  .setRetryOptions(
                      RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(10)).build())
                  .build())
          .hold();
    }
  }
}
