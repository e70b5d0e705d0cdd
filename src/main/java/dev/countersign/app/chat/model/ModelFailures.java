package dev.countersign.app.chat.model;

import dev.countersign.app.chat.budget.Leave;
import dev.countersign.app.chat.model.wire.ModelServerException;
import dev.countersign.app.chat.model.wire.ModelSilentException;
import dev.countersign.http.Words;
import dev.langchain4j.exception.RateLimitException;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the exceptions of a model mean for the conversation: another attempt, or none. */
final class ModelFailures {
  /** A dead address is told soon: whoever waits has to know. */
  private static final Duration UNREACHABLE_AFTER = Duration.ofMillis(2_500);

  /** A server that has answered so lately is being started anew: what is gone for good is rare. */
  private static final Duration LATELY = Duration.ofMinutes(2);

  private static final Duration SOON = Duration.ofSeconds(1);

  /** Beyond the time of one answer. */
  private static final Duration FOR_FURTHER_ATTEMPTS = Duration.ofSeconds(15);

  /** Of what a model gets right the next time, or never. */
  static final int MOST_ATTEMPTS = 3;

  private final ModelRecord record;
  private final Clock clock;
  private final OperatorLog operator;
  private final Duration giveUpAfter;

  /**
   * Of the model of these settings.
   *
   * @param record knows when its server answered last, and is told of errors that it answers
   */
  ModelFailures(ModelProperties properties, ModelRecord record, Clock clock) {
    this.record = record;
    this.clock = clock;
    operator = new OperatorLog(String.valueOf(properties.baseUrl()));
    giveUpAfter =
        Optional.ofNullable(properties.answerTimeout())
            .orElse(Duration.ZERO)
            .plus(FOR_FURTHER_ATTEMPTS);
  }

  /** The failure to end the attempt with; tells the operator what only they can put right. */
  ApplicationFailure of(RuntimeException e, Effort effort) {
    ServerWords words = ServerWords.of(e);
    ModelFault fault = ModelFault.of(e, words);
    if (words.status() != 0 && fault != ModelFault.UNREACHABLE) {
      record.heard(clock.instant());
    }
    return switch (fault) {
      case PASSING -> mayPass(e, words, effort);
      case UNREACHABLE -> comesBack(effort) ? passing(e, SOON) : ended(fault, e, words);
      case CALLS_AS_TEXT, CALL_SPOILT ->
          effort.attempt() < MOST_ATTEMPTS ? passing(e, SOON) : ended(fault, e, words);
      default -> ended(fault, e, words);
    };
  }

  /** The failure where there is no leave: another attempt, if others' answers may leave some. */
  ApplicationFailure of(Leave leave, Effort effort) {
    if (leave.kind() == Leave.Kind.USED_UP) {
      return ModelTrouble.BUDGET_SPENT.failure("The user's budget is used up", leave.until());
    }
    var taken = new BudgetTakenException();
    return effort.time().plus(SOON).compareTo(giveUpAfter) < 0
        ? passing(taken, SOON)
        : ModelTrouble.BUDGET_TAKEN.failure(shown(taken));
  }

  /** Whether there may be a server in a moment where there is none now. */
  private boolean comesBack(Effort effort) {
    Duration longest =
        record.hasHeardSince(clock.instant().minus(LATELY))
            ? giveUpAfter.minus(SOON)
            : UNREACHABLE_AFTER;
    return effort.time().compareTo(longest) < 0;
  }

  private ApplicationFailure ended(ModelFault fault, RuntimeException e, ServerWords words) {
    String shown = shown(e);
    operator.tell(fault, words.status(), shown);
    String kept =
        switch (fault) {
          case KEY_REFUSED -> "The model refused the API key"; // the words may hold a part of it
          case NO_QUOTA -> "The quota of the model's account is used up";
          case CALLS_AS_TEXT, NO_TOOLS -> "The model's server doesn't read its tool calls";
          default -> shown;
        };
    return fault.trouble().failure(kept);
  }

  private ApplicationFailure mayPass(RuntimeException e, ServerWords words, Effort effort) {
    Duration wanted = words.retryAfter();
    boolean tookItsTime = effort.time().compareTo(giveUpAfter.minus(FOR_FURTHER_ATTEMPTS)) >= 0;
    Duration next = effort.time().plus(wanted == null ? SOON : wanted);
    if (next.compareTo(giveUpAfter) < 0 && !(e instanceof ModelSilentException && tookItsTime)) {
      return passing(e, wanted);
    }
    if (wanted != null) {
      operator.tellBusy(wanted, words.status(), shown(e));
      return ModelTrouble.BUSY.failure(shown(e));
    }
    operator.tellSilent(
        giveUpAfter,
        e instanceof ModelSilentException ? shown(e) : "HTTP " + words.status() + ", " + shown(e));
    return (e instanceof RateLimitException ? ModelTrouble.BUSY : ModelTrouble.AWAY)
        .failure(shown(e));
  }

  /**
   * Of an attempt after which there is another.
   *
   * @param after when; null: as Temporal does
   */
  private static ApplicationFailure passing(RuntimeException e, @Nullable Duration after) {
    var failure =
        ApplicationFailure.newBuilder()
            .setMessage(shown(e))
            .setType(e.getClass().getSimpleName())
            .setCategory(ApplicationErrorCategory.BENIGN);
    if (after != null && after.isPositive()) {
      failure.setNextRetryDelay(after);
    }
    return failure.build();
  }

  private static String shown(RuntimeException e) {
    Throwable said = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ModelServerException) {
        said = cause;
      }
    }
    String words = Words.clean(said.getMessage());
    return words == null ? e.getClass().getSimpleName() : words;
  }
}
