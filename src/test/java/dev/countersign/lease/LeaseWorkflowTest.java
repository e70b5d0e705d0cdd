package dev.countersign.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.Closing;
import dev.countersign.PatientWorker;
import dev.countersign.workflow.TaskQueues;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Terms of a lease, in time that is skipped. */
@Timeout(60)
class LeaseWorkflowTest {
  private static final TaskQueues QUEUES = new TaskQueues("anyone");
  private static final String OWN_QUEUE = "own";

  private final TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance();
  private final List<Instant> terms = new CopyOnWriteArrayList<>();
  private final List<Instant> searches = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    var common = environment.newWorker(QUEUES.leases(), PatientWorker.OPTIONS);
    common.registerWorkflowImplementationTypes(LeaseWorkflowImpl.class);
    common.registerActivitiesImplementations(
        (TakeOverActivities)
            (_, _) -> {
              searches.add(now());
              return 0;
            });
    environment
        .newWorker(OWN_QUEUE)
        .registerActivitiesImplementations((LeaseActivities) this::takeTermAndFallSilent);
    environment.start();
  }

  private void takeTermAndFallSilent() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    context.doNotCompleteOnReturn();
    terms.add(now());
  }

  @AfterEach
  void close() {
    Closing.later(environment);
  }

  @Test
  void looksForTheWorkOfAHostThatWentWithoutAWordUntilTheServerKeepsNoCallOfIt() {
    lease().getResult(Void.class);

    assertThat(terms).hasSize(1);
    Instant lapse = searches.getFirst();
    assertThat(Duration.between(terms.getFirst(), lapse))
        // the server counts from before the term's own first look at the time
        .isBetween(LeaseOptions.LAPSE.minusSeconds(2), LeaseOptions.LAPSE.plusSeconds(5));
    assertThat(pauses())
        // a busy machine's own time is added to each
        .usingElementComparator((seen, planned) -> seen > planned - 1 && seen < planned + 5 ? 0 : 1)
        .containsExactly(2.0, 3.0, 10.0, 15.0, 20.0, 25.0);
  }

  @Test
  void aHolderWhoComesBackAfterTheLapseGetsANewTerm() {
    WorkflowStub lease = lease();
    environment.sleep(LeaseOptions.LAPSE.plusSeconds(10)); // between the third and the fourth
    assertThat(searches).hasSize(3);
    lease.signal("want");

    await().until(() -> terms.size() == 2);
  }

  @Test
  void aHolderWhoKnowsSoonerThanTheServerThatItsTermIsOverGetsANewOne() {
    WorkflowStub lease = lease();
    environment.sleep(LeaseOptions.LAPSE.dividedBy(4));
    lease.signal("want");
    environment.sleep(LeaseOptions.LAPSE);

    await().until(() -> terms.size() == 2);
    assertThat(searches).isEmpty();
  }

  /** As when a wish was sent again since its answer was slow. */
  @Test
  void aWishForATermThatHasBegunIsNoWishForTheNext() {
    WorkflowStub lease = lease();
    lease.signal("want");
    environment.sleep(LeaseOptions.LAPSE.dividedBy(4));
    beat();
    environment.sleep(LeaseOptions.LAPSE.plusSeconds(1));

    await().until(() -> !searches.isEmpty());
    assertThat(terms).hasSize(1);
  }

  private List<Double> pauses() {
    return IntStream.range(1, searches.size())
        .mapToObj(i -> Duration.between(searches.get(i - 1), searches.get(i)).toMillis() / 1e3)
        .toList();
  }

  private void beat() {
    environment
        .getWorkflowClient()
        .newActivityCompletionClient()
        .heartbeat("lease", Optional.empty(), holdId(), null);
  }

  private String holdId() {
    return environment
        .getWorkflowClient()
        .newUntypedWorkflowStub("lease")
        .describe()
        .getRawDescription()
        .getPendingActivities(0)
        .getActivityId();
  }

  private WorkflowStub lease() {
    WorkflowClient client = environment.getWorkflowClient();
    LeaseWorkflow lease =
        client.newWorkflowStub(
            LeaseWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId("lease")
                .setTaskQueue(QUEUES.leases())
                .build());
    WorkflowClient.start(lease::keep, new LeaseInput("holder", OWN_QUEUE));
    return client.newUntypedWorkflowStub("lease");
  }

  private Instant now() {
    return Instant.ofEpochMilli(environment.currentTimeMillis());
  }
}
