package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.chat.budget.ChatBudget;
import dev.countersign.app.chat.budget.Leave;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a call of the model takes of the budget of its user. */
@Timeout(60)
class TokenBudgetTest {
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
  private static final String ANSWER =
      "\"choices\": [{\"index\": 0, \"finish_reason\": \"stop\", \"message\":"
          + " {\"role\": \"assistant\", \"content\": \"Hello, what do you want?\"}}]";

  private final Queue<Leave> leaves = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final List<Long> expected = new ArrayList<>();
  private final List<Long> spent = new ArrayList<>();
  private final ServedModel model = new ServedModel(new ScriptedBudget());

  private final class ScriptedBudget implements ChatBudget {
    @Override
    public Leave begin(String conversation) {
      throw new AssertionError("No conversation begins");
    }

    @Override
    public Leave spend(String conversation, String call, long tokens) {
      asked.add(conversation + " " + call);
      expected.add(tokens);
      Leave leave = leaves.poll();
      return leave == null ? leave(Leave.Kind.GIVEN, null) : leave;
    }

    @Override
    public void spent(String conversation, String call, long tokens) {
      told.add(conversation + " " + call);
      spent.add(tokens);
    }
  }

  private static Leave leave(Leave.Kind kind, @Nullable Instant until) {
    return new Leave(kind, NOW, until);
  }

  @AfterEach
  void close() {
    model.close();
  }

  private long counted(String answer) {
    model.answers(200, answer).call(ServedModel.hello());
    return spent.getLast();
  }

  @Test
  void countsAsTheServerDoes() {
    assertThat(
            counted(
                "{"
                    + ANSWER
                    + ", \"usage\": {\"prompt_tokens\": 70, \"completion_tokens\": 8, \"total_tokens\": 78}}"))
        .isEqualTo(78);
    assertThat(told).isEqualTo(asked).hasSize(1);
  }

  @Test
  void countsThoughtsThatAreInTheTotalAlone() {
    assertThat(
            counted(
                "{"
                    + ANSWER
                    + ", \"usage\": {\"prompt_tokens\": 70, \"completion_tokens\": 8, \"total_tokens\": 578}}"))
        .isEqualTo(578);
  }

  @Test
  void countsByTheBytesWhatTheServerDoesNot() {
    long whole = counted("{" + ANSWER + "}");
    long input =
        counted(
            "{"
                + ANSWER
                + ", \"usage\": {\"prompt_tokens\": 0, \"completion_tokens\": 8, \"total_tokens\": 8}}");

    assertThat(whole).isBetween(1_000L, 10_000L);
    assertThat(input).isBetween(1_000L, whole);
    assertThat(expected.getFirst()).isGreaterThan(1_000);
  }

  @Test
  void countsNothingThatIsAnsweredWithAnError() {
    assertThat(model.refuses(401, "No such key").failure(ServedModel.hello()).getType())
        .isEqualTo("ModelNotSetUp");

    assertThat(spent).containsExactly(0L);
  }

  @Test
  void countsAnAnswerThatBreaksOff() {
    model.breaksOff(
        "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"Hello\"}}]}\n\n");

    assertThat(model.failure(ServedModel.hello()).getType()).isEqualTo("ModelSilentException");
    assertThat(spent).singleElement().isEqualTo(expected.getFirst() - 1_000 + 3);
  }

  @Test
  void asksNoModelWhenAllIsUsed() {
    leaves.add(leave(Leave.Kind.USED_UP, NOW.plusSeconds(90)));

    var failure = model.failure(ServedModel.hello());

    assertThat(failure.getType()).isEqualTo("BudgetSpent");
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getDetails().get(String.class)).isEqualTo("2026-11-24T08:01:30Z");
    assertThat(model.requests()).isZero();
    assertThat(spent).isEmpty();
  }

  @Test
  void waitsForOthersThatMayLeaveSome() {
    leaves.add(leave(Leave.Kind.TAKEN, null));

    var failure = model.failure(ServedModel.hello());

    assertThat(failure.getType()).isEqualTo("BudgetTakenException");
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(model.requests()).isZero();
    model.says("Hello.").call(ServedModel.hello());
    assertThat(spent).hasSize(1);
  }
}
