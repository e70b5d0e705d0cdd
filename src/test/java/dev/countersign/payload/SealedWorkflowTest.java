package dev.countersign.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TextFormat;
import dev.countersign.Closing;
import dev.countersign.PatientWorker;
import dev.countersign.audit.AuditLog;
import dev.countersign.vault.Vault;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A workflow that says the same word by every way that Temporal has for words. */
@Timeout(60)
class SealedWorkflowTest {
  private static final String WORD = "Wolpertinger";
  private static final String QUEUE = "talk";

  private final DataConverter sealing =
      SealedPayloads.sealing(
              new PayloadSeal(
                  Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="), "default"),
              null,
              InstantSource.system())
          .around(DefaultDataConverter.newDefaultInstance());
  private final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder()
                      .setNamespace("default")
                      .setDataConverter(sealing)
                      .build())
              .build());
  private final WorkflowClient client = environment.getWorkflowClient();
  private final Worker worker = environment.newWorker(QUEUE, PatientWorker.OPTIONS);
  private final WorkflowClient stranger =
      WorkflowClient.newInstance(
          environment.getWorkflowServiceStubs(),
          WorkflowClientOptions.newBuilder()
              .setNamespace("default")
              .setDataConverter(DefaultDataConverter.newDefaultInstance())
              .build());

  /** Says words. */
  @WorkflowInterface
  public interface Talk {
    @WorkflowMethod
    String talk(String word, boolean again);

    @SignalMethod
    void hear(String word);

    @QueryMethod
    String heard(String word);

    @UpdateMethod
    String change(String word);
  }

  /** Is told words by another workflow. */
  @WorkflowInterface
  public interface Listener {
    @WorkflowMethod
    String listen(String word);
  }

  /** Says them outside of workflows. */
  @ActivityInterface
  public interface Speaker {
    String say(String word);

    String fail(String word);
  }

  /** By every way. */
  public static class TalkImpl implements Talk {
    private final Speaker speaker =
        Workflow.newActivityStub(
            Speaker.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(10))
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .setSummary(WORD)
                .build());
    private final Speaker nearby =
        Workflow.newLocalActivityStub(
            Speaker.class,
            LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(10))
                .build());
    private @Nullable String heard;

    @Override
    public String talk(String word, boolean again) {
      Workflow.await(() -> heard != null || !again);
      Workflow.setCurrentDetails(word);
      if (again) {
        heard = null;
        Workflow.upsertMemo(Map.of("note", word));
        speaker.say(word);
        nearby.say(word);
        Workflow.sideEffect(String.class, () -> word);
        Workflow.newChildWorkflowStub(
                Listener.class,
                ChildWorkflowOptions.newBuilder()
                    .setMemo(Map.of("note", word))
                    .setStaticSummary(word)
                    .build())
            .listen(word);
        try {
          speaker.fail(word);
        } catch (RuntimeException e) {
          // it is in the history
        }
        Workflow.continueAsNew(word, false);
      }
      throw ApplicationFailure.newFailure(word, "Ended", word);
    }

    @Override
    public void hear(String word) {
      heard = word;
    }

    @Override
    public String heard(String word) {
      return word + String.valueOf(heard);
    }

    @Override
    public String change(String word) {
      return word;
    }
  }

  /** Says it back. */
  public static class ListenerImpl implements Listener {
    @Override
    public String listen(String word) {
      return word;
    }
  }

  /** Beats, and fails. */
  public static class SpeakerImpl implements Speaker {
    @Override
    public String say(String word) {
      if (!Activity.getExecutionContext().getInfo().isLocal()) {
        Activity.getExecutionContext().heartbeat(word);
      }
      return word;
    }

    @Override
    public String fail(String word) {
      throw ApplicationFailure.newNonRetryableFailure(word, "Failed", word);
    }
  }

  @BeforeEach
  void start() {
    worker.registerWorkflowImplementationTypes(TalkImpl.class, ListenerImpl.class);
    worker.registerActivitiesImplementations(new SpeakerImpl());
    environment.start();
  }

  @AfterEach
  void stop() {
    Closing.later(environment);
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(QUEUE)
        .setMemo(Map.of("note", WORD))
        .setStaticSummary(WORD)
        .setStaticDetails(WORD)
        .build();
  }

  @Test
  void sealsWhateverIsSaid() {
    Talk talk = client.newWorkflowStub(Talk.class, options("talk"));
    WorkflowExecution first = WorkflowClient.start(talk::talk, WORD, true);
    assertThat(talk.change(WORD)).isEqualTo(WORD);
    assertThat(talk.heard(WORD)).startsWith(WORD);
    WorkflowStub stub = client.newUntypedWorkflowStub("talk");
    assertThat(stub.describe().getMemo("note", String.class)).isEqualTo(WORD);
    stub.signal("hear", WORD);

    assertThatThrownBy(() -> stub.getResult(String.class))
        .isInstanceOf(WorkflowFailedException.class)
        .hasRootCauseMessage("message='" + WORD + "', type='Ended', nonRetryable=false");

    assertThat(
            text(client.fetchHistory("talk", first.getRunId()).getEvents())
                + text(client.fetchHistory("talk").getEvents())
                + stub.describe().getRawDescription())
        .contains("binary/encrypted", "WORKFLOW_EXECUTION_CONTINUED_AS_NEW", "CHILD_WORKFLOW")
        .doesNotContain(WORD);
  }

  @Test
  void runsNothingThatAStrangerStarts() {
    WorkflowStub stub = stranger.newUntypedWorkflowStub("Listener", options("theirs"));
    stub.start(WORD);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> text(client.fetchHistory("theirs").getEvents()).contains("_TASK_FAILED"));
    assertThat(text(client.fetchHistory("theirs").getEvents()))
        .doesNotContain("WORKFLOW_EXECUTION_COMPLETED");
  }

  @Test
  void hearsNothingThatAStrangerSays() {
    Talk talk = client.newWorkflowStub(Talk.class, options("ours"));
    WorkflowClient.start(talk::talk, WORD, true);
    WorkflowStub theirs = stranger.newUntypedWorkflowStub("ours");

    theirs.signal("hear", "theirs");

    assertThat(talk.heard("")).isEqualTo("null");
    assertThatThrownBy(() -> theirs.query("heard", String.class, "theirs"))
        .hasStackTraceContaining("not sealed");
    assertThatThrownBy(() -> theirs.update("change", String.class, "theirs"))
        .isInstanceOf(RuntimeException.class);
    assertThat(talk.change(WORD)).isEqualTo(WORD);
  }

  /** Each replay of the history comes by it. */
  @Test
  void tellsOnceOfWhatAStrangerSays() throws Exception {
    Talk talk = client.newWorkflowStub(Talk.class, options("told"));
    WorkflowClient.start(talk::talk, WORD, true);
    try (AuditLog audit = new AuditLog()) {
      stranger.newUntypedWorkflowStub("told").signal("hear", "theirs");
      await().atMost(Duration.ofSeconds(20)).until(() -> !audit.entries().isEmpty());
      assertThat(talk.change(WORD)).isEqualTo(WORD);

      worker.replayWorkflowExecution(client.fetchHistory("told"));

      assertThat(audit.entries())
          .extracting(AuditLog.Entry::text)
          .containsExactly("auditEvent=seal_broken outcome=payload");
    }
  }

  private static String text(Iterable<? extends MessageOrBuilder> events) {
    return StreamSupport.stream(events.spliterator(), false)
        .map(TextFormat.printer()::printToString)
        .collect(Collectors.joining("\n"));
  }
}
