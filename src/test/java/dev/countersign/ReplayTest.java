package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.guard.CallSettlement;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.FrozenCall;
import dev.countersign.guard.GrantActivities;
import dev.countersign.guard.GuardActivities;
import dev.countersign.guard.GuardedCallWorkflow;
import dev.countersign.guard.ListenerActivities;
import io.temporal.api.enums.v1.EventType;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.NonDeterministicException;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workflows that were started by an earlier version go on with this one. A history is recorded with
 * {@code temporal workflow show --workflow-id ID --output json}, or by {@code HistoryRecorder}, and
 * never changed afterwards; a workflow that changes keeps the old path beside {@code
 * Workflow.getVersion} (docs/changing-workflows.md).
 */
class ReplayTest {
  private static final Path HISTORIES = Path.of("src/test/resources/histories");
  private static final Pattern VERSION = Pattern.compile("getVersion\\(\\s*\"([^\"]+)\"");

  static List<Path> histories() throws IOException {
    try (Stream<Path> files = Files.list(HISTORIES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void everyRecordedHistoryReplays(Path history) throws Exception {
    replay(history, AllWorkflows.types());
  }

  @Test
  void everyTypeIsRecorded() throws IOException {
    assertThat(all().map(RecordedHistory::type))
        .contains(
            "GuardedCall",
            "Conversation",
            "ForgottenConversation",
            "ProcessLease",
            "SignOuts",
            "UserBudget",
            "UserCalls",
            "UserGrants",
            "UserQuestions");
  }

  @ParameterizedTest
  @EnumSource
  void everyStatusIsRecorded(CallStatus status) throws IOException {
    assertThat(all().filter(history -> history.type().equals("GuardedCall")))
        .anyMatch(history ->
            status.isEnd()
                ? history.statuses().getLast() == status
                : history.statuses().contains(status));
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUESTED", "AWAITING_APPROVAL"})
  void aCancelIsRecordedWhereverThereMayBeOne(CallStatus before) throws IOException {
    assertThat(all())
        .anyMatch(history ->
            Collections.indexOfSubList(history.statuses(), List.of(before, CallStatus.CANCELLED))
                >= 0);
  }

  @Test
  void bothWaysOfTellingTheEndAreRecorded() throws IOException {
    assertThat(all().filter(history -> history.type().equals("Conversation")))
        .anyMatch(history -> history.hasSignal("callEnded"))
        .anyMatch(history -> history.has(EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED))
        .anyMatch(history ->
            history.has(EventType.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED)
                && history.has(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW));
  }

  @Test
  void everyWayOnFromAnUnknownOutcomeIsRecorded() throws IOException {
    assertThat(all())
        .anyMatch(history -> history.hasSignal("settle") && history.endsAs(CallStatus.DONE))
        .anyMatch(history -> history.hasSignal("settle") && history.endsAs(CallStatus.FAILED));
  }

  @Test
  void aListenedCallIsRecorded() throws IOException {
    assertThat(all())
        .anyMatch(history ->
            history.endsAs(CallStatus.DONE)
                && Collections.frequency(history.activities(), ListenerActivities.TELL) == 3);
  }

  @Test
  void rememberedApprovalsAreRecorded() throws IOException {
    assertThat(all())
        .anyMatch(history ->
            history.endsAs(CallStatus.DONE)
                && history.activities().getLast().equals(GrantActivities.REMEMBER))
        .anyMatch(history ->
            history.endsAs(CallStatus.DONE)
                && history.activities().equals(List.of(GuardActivities.RUN)))
        .anyMatch(history ->
            history.endsAs(CallStatus.DONE)
                && history.activities().getFirst().equals(GuardActivities.RUN)
                && history.activities().contains("AwaitDecision"));
  }

  /** Without one in a history nobody knows whether what was recorded with it replays. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("versions")
  void everyVersionMarkerIsRecorded(String changeId) throws IOException {
    assertThat(all()).anyMatch(history -> history.versions().contains(changeId));
  }

  static List<String> versions() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<String> found = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Matcher matcher = VERSION.matcher(Files.readString(file));
        while (matcher.find()) {
          found.add(matcher.group(1));
        }
      }
      return found;
    }
  }

  private static Stream<RecordedHistory> all() throws IOException {
    List<RecordedHistory> read = new ArrayList<>();
    for (Path file : histories()) {
      read.add(RecordedHistory.of(file));
    }
    return read.stream();
  }

  @Test
  void aChangedWorkflowIsCaught() {
    Path history = HISTORIES.resolve("call-done.json");
    assertThatThrownBy(() -> replay(history, SleepingCallWorkflow.class))
        .hasStackTraceContaining(NonDeterministicException.class.getName());
  }

  private static void replay(Path history, Class<?>... workflows) throws Exception {
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      Worker worker = environment.newWorker("replay", PatientWorker.OPTIONS);
      worker.registerWorkflowImplementationTypes(workflows);
      WorkflowReplayer.replayWorkflowExecution(
          WorkflowExecutionHistory.fromJson(Files.readString(history)), worker);
    }
  }

  /** A call whose first step is another one. */
  public static class SleepingCallWorkflow implements GuardedCallWorkflow {
    @Override
    public CallState call(FrozenCall call) {
      Workflow.sleep(Duration.ofDays(1));
      throw new IllegalStateException("Never comes here");
    }

    @Override
    public void reportEnd() {
      throw new IllegalStateException("Nobody asks");
    }

    @Override
    public CallState state() {
      throw new IllegalStateException("Nobody asks");
    }

    @Override
    public void settle(@Nullable CallSettlement settlement) {
      throw new IllegalStateException("Nobody settles");
    }

    @Override
    public CallState cancel() {
      throw new IllegalStateException("Nobody cancels");
    }

    @Override
    public void validateCancel() {}
  }
}
