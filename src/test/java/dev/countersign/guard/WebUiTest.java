package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.guard.GuardedCallTest.BankTools;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DefaultDataConverter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator reads of calls in Temporal's Web UI. */
@Timeout(60)
class WebUiTest {
  private static final String MESSAGE = "Transfer 12.50 EUR to DE89";
  private static final CallUser ALICE = new CallUser("alice", null);
  private static final Set<EventType> WITH_WORDS =
      Set.of(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, EventType.EVENT_TYPE_TIMER_STARTED);

  private static String words(Payload payload) {
    return payload.getData().isEmpty()
        ? ""
        : DefaultDataConverter.STANDARD_INSTANCE.fromPayload(payload, String.class, String.class);
  }

  private static List<String> summaries(List<HistoryEvent> history) {
    return history.stream()
        .filter(event -> WITH_WORDS.contains(event.getEventType()))
        .map(event -> words(event.getUserMetadata().getSummary()))
        .toList();
  }

  @Test
  void callSaysWhatItIsAboutAndEachStepWhatItIsFor() {
    try (var world = new GuardWorld<>(BankTools.class, Duration.ZERO)) {
      world.bean.next.add(() -> {
        throw new NotDoneException("The bank is closed");
      });
      world.provider.approvesAfter(Duration.ofSeconds(5));
      String id =
          world.calls.start(ALICE, "transfer", new BigDecimal("12.50"), "DE89"); // as a child
      assertThat(world.end(id).status()).isEqualTo(CallStatus.DONE);

      List<HistoryEvent> history = world.history(id);
      var ofTheCall = history.getFirst().getUserMetadata();
      assertThat(words(ofTheCall.getSummary())).isEqualTo(MESSAGE);
      assertThat(words(ofTheCall.getDetails()))
          .contains("| Shown on the device | " + MESSAGE + " |")
          .contains("| Tool | transfer |")
          .contains("12.50")
          .contains("| User | alice |");
      assertThat(summaries(history))
          .containsExactly(
              "Ask the user: " + MESSAGE,
              "Wait for the answer to: " + MESSAGE,
              "Run transfer: " + MESSAGE,
              "Pause before it is run again",
              "Run transfer: " + MESSAGE);
      String usersWorkflow =
          GuardWorld.QUEUES.prefix() + "-calls-of-" + CallId.of(id).orElseThrow().user();
      assertThat(summaries(world.history(usersWorkflow)))
          .containsExactly("Until the first call comes");
    }
  }

  @Test
  void timeForAnOperatorHasASummaryToo() {
    try (var world = new GuardWorld<>(BankTools.class, Duration.ZERO)) {
      world.bean.next.add(() -> {
        throw new OutcomeUnknownException("No answer", null);
      });
      world.provider.approvesAfter(Duration.ofSeconds(5));
      String id =
          world.calls.startOnce(ALICE, "k", "transfer", new BigDecimal("12.50"), "DE89").id();
      assertThat(world.end(id).status()).isEqualTo(CallStatus.OUTCOME_UNKNOWN);
      assertThat(summaries(world.history(id)).getLast())
          .isEqualTo("Until an operator settles the outcome by the signal settle");
    }
  }

  @Test
  void stepsOfARememberedApprovalHaveSummariesToo() {
    try (var world = new GuardWorld<>(RememberedApprovalsTest.Bank.class)) {
      world.ticks();
      world.provider.approvesAfter(Duration.ofSeconds(5));
      world.provider.tokensLive(Duration.ofHours(1));
      String asked = world.calls.startOnce(ALICE, "1", "print", "a").id();
      assertThat(world.end(asked).status()).isEqualTo(CallStatus.DONE);
      String covered = world.calls.startOnce(ALICE, "2", "print", "a").id();
      assertThat(world.end(covered).status()).isEqualTo(CallStatus.DONE);

      assertThat(summaries(world.history(asked)))
          .containsExactly(
              "Ask the user: Print a",
              "Wait for the answer to: Print a",
              "Run print: Print a",
              "Remember the approval");
      assertThat(summaries(world.history(covered))).containsExactly("Run print: Print a");
      String usersWorkflow =
          GuardWorld.QUEUES.prefix() + "-grants-of-" + CallId.of(asked).orElseThrow().user();
      assertThat(summaries(world.history(usersWorkflow)))
          .containsOnly(
              "Until the next one ends, or what was forgotten need not be known any more");
    }
  }
}
