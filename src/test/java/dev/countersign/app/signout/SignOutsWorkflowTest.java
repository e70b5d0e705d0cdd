package dev.countersign.app.signout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.PatientWorker;
import dev.countersign.app.signout.SignOut.What;
import dev.countersign.app.signout.SignOutsWorkflow.Kept;
import dev.countersign.app.signout.SignOutsWorkflow.News;
import dev.countersign.app.signout.SignOutsWorkflow.Numbered;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The workflow that keeps sign-outs. */
class SignOutsWorkflowTest {
  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();

  @BeforeEach
  void start() {
    temporal
        .newWorker("queue", PatientWorker.OPTIONS)
        .registerWorkflowImplementationTypes(SignOutsWorkflowImpl.class);
    temporal.start();
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  private WorkflowStub workflow() {
    return temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            SignOutsWorkflow.TYPE,
            WorkflowOptions.newBuilder().setWorkflowId("sign-outs").setTaskQueue("queue").build());
  }

  private static WorkflowStub with(WorkflowStub workflow, SignOut first) {
    workflow.signalWithStart("signedOut", new Object[] {first}, new Object[] {null});
    return workflow;
  }

  private SignOut session(String digest, Duration until) {
    return new SignOut(What.SESSION, digest, 10, now() + until.toSeconds(), null);
  }

  private long now() {
    return temporal.currentTimeMillis() / 1000;
  }

  private static News news(WorkflowStub workflow, @Nullable String chain, long after) {
    return workflow.query("news", News.class, chain, after);
  }

  @Test
  void tellsWhatHasComeSince() {
    SignOut first = session("s1", Duration.ofHours(8));
    SignOut second = session("s2", Duration.ofHours(8));
    WorkflowStub workflow = with(workflow(), first);
    News one = news(workflow, null, 0);
    assertThat(one.signOuts()).containsExactly(first);

    workflow.signal("signedOut", second);

    assertThat(news(workflow, one.chain(), one.last()).signOuts()).containsExactly(second);
    assertThat(news(workflow, "another workflow", 99).signOuts()).containsExactly(first, second);
  }

  @Test
  void endsWhenNoneCountsAnyMore() {
    WorkflowStub workflow = with(workflow(), session("s1", Duration.ofHours(8)));
    temporal.sleep(Duration.ofHours(7));
    assertThat(news(workflow, null, 0).signOuts()).hasSize(1);
    temporal.sleep(Duration.ofHours(2));
    assertThat(workflow.describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
  }

  @Test
  void takesNoNonsense() {
    SignOut good = session("s1", Duration.ofHours(8));
    WorkflowStub workflow = with(workflow(), good);
    workflow.signal("signedOut", new Object[] {null});
    workflow.signal("signedOut", session("s2", Duration.ofDays(400)));
    workflow.signal("signedOut", session("s".repeat(65), Duration.ofHours(8)));
    workflow.signal("signedOut", session("s3", Duration.ofHours(-1)));
    workflow.signal("signedOut", good);

    assertThat(news(workflow, null, 0).signOuts()).containsExactly(good);
  }

  @Test
  void tooManyOfOneUserEndTheOlderLoginsOfThatUserOnly() {
    long until = now() + Duration.ofHours(8).toSeconds();
    int most = SignOutsWorkflowImpl.MOST_OF_A_USER;
    SignOut others = new SignOut(What.SESSION, "other", 50, until, "bob");
    WorkflowStub workflow = with(workflow(), others);
    IntStream.rangeClosed(1, most + 1)
        .forEach(number ->
            workflow.signal(
                "signedOut",
                new SignOut(What.SESSION, "s" + number, 100 + number, until, "alice")));

    News news = news(workflow, null, 0);
    assertThat(news.floor()).isZero();
    assertThat(news.signOuts())
        .hasSize(1 + most + 1 - most / 2 + 1)
        .contains(others, new SignOut(What.USER, "alice", 100 + most / 2, until, null));
  }

  @Test
  void tooManyEndAllLoginsThatAreAsOldAsTheOldest() {
    long until = now() + Duration.ofHours(8).toSeconds();
    List<Numbered> many =
        IntStream.range(0, SignOutsWorkflowImpl.MOST)
            .mapToObj(number ->
                new Numbered(
                    number + 1, new SignOut(What.SESSION, "s" + number, 100 + number, until, null)))
            .toList();
    WorkflowStub workflow = workflow();
    workflow.start(new Kept(many, many.size(), 0, 0));
    workflow.signal("signedOut", new SignOut(What.SESSION, "new", 9_999, until, null));

    News news = news(workflow, null, 0);
    assertThat(news.floor()).isEqualTo(100);
    assertThat(news.signOuts()).hasSize(SignOutsWorkflowImpl.MOST);
    assertThat(news.signOuts().getLast().digest()).isEqualTo("new");
  }
}
