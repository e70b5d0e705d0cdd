package dev.countersign.question;

import dev.countersign.approval.TurnListener;
import dev.countersign.workflow.Signals;
import dev.countersign.workflow.Timers;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.ExternalWorkflowStub;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowLock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Decides on a user's questions one by one, and tells those in line when it is their turn. */
public final class UserQuestionsWorkflowImpl implements UserQuestionsWorkflow {
  private static final Logger log = Workflow.getLogger(UserQuestionsWorkflowImpl.class);

  /** It is started together with its first question, which may be lost on the way all the same. */
  private static final Duration FIRST_WITHIN = Duration.ofMinutes(1);

  private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

  /** Of more open questions not all are looked at: each look is a request to Temporal. */
  private static final int LOOKS = 20;

  /** Takes a fraction of the time that a decision may take. */
  private static final int FURTHER_LOOKS = 100;

  private final WorkflowLock oneAtATime = Workflow.newWorkflowLock();
  private final QuestionActivities looks =
      Workflow.newLocalActivityStub(
          QuestionActivities.class,
          LocalActivityOptions.newBuilder()
              .setScheduleToCloseTimeout(Duration.ofSeconds(2))
              .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
              .build());
  private @Nullable QuestionBook book;
  private int changes;

  /** State is there before {@link #keep} runs: the first question comes with the start. */
  @WorkflowInit
  public UserQuestionsWorkflowImpl(@Nullable Kept kept) {
    book = kept == null ? null : QuestionBook.of(kept);
  }

  @Override
  public void keep(@Nullable Kept kept) {
    Timers.await(FIRST_WITHIN, "Until the first question comes", () -> book != null);
    while (book != null) {
      book.forget(WorkflowTime.now());
      if (book.isEmpty() && Workflow.isEveryHandlerFinished()) {
        return;
      }
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.await(Workflow::isEveryHandlerFinished);
        Workflow.newContinueAsNewStub(UserQuestionsWorkflow.class).keep(book.kept());
      }
      if (book.next().isEmpty()) {
        awaitLine(book);
      } else if (book.hasRoom()) {
        call(book, book.next().get());
      } else {
        awaitRoom(book);
      }
    }
  }

  private void awaitLine(QuestionBook book) {
    Instant now = WorkflowTime.now();
    Timers.await(
        atLeast(Duration.between(now, book.idleAt(now))),
        "Until none of these questions counts any more",
        () -> book.next().isPresent() || Workflow.getInfo().isContinueAsNewSuggested());
  }

  /** Whoever is called asks once more, and leaves the line so. */
  private void call(QuestionBook book, String id) {
    ExternalWorkflowStub whoWaits = Workflow.newUntypedExternalWorkflowStub(id);
    if (!Signals.send(() -> whoWaits.signal(TurnListener.TURN))) {
      book.leave(id);
      return;
    }
    boolean hasAsked =
        Timers.await(
            book.turnWithin(),
            "Until the one whose turn it is asks",
            () -> !book.next().equals(Optional.of(id)));
    if (!hasAsked) {
      book.leave(id);
    }
  }

  /** Until an open question is answered, or is old. */
  private void awaitRoom(QuestionBook book) {
    int before = changes;
    List<String> open = book.open();
    Instant now = WorkflowTime.now();
    Duration longest = atLeast(Duration.between(now, Objects.requireNonNull(book.roomBy())));
    CompletablePromise<List<Seen>> seen = Workflow.newPromise();
    CancellationScope look =
        Workflow.newCancellationScope(() ->
            seen.completeFrom(
                Async.function(watch(longest)::awaitAnswer, open).exceptionally(_ -> List.of())));
    look.run();
    Workflow.await(() -> seen.isCompleted() || changes != before);
    if (seen.isCompleted()) {
      book.see(seen.get());
    } else {
      look.cancel("Others are open, or in line, now");
    }
  }

  private static QuestionActivities watch(Duration longest) {
    return Workflow.newActivityStub(
        QuestionActivities.class,
        ActivityOptions.newBuilder()
            .setScheduleToCloseTimeout(longest)
            .setStartToCloseTimeout(Duration.ofSeconds(10))
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(1))
                    .setBackoffCoefficient(1.2)
                    .setMaximumInterval(Duration.ofSeconds(10))
                    .build())
            .setSummary("Until a question is answered")
            .build());
  }

  private static Duration atLeast(Duration wait) {
    return wait.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : wait;
  }

  @Override
  public Verdict ask(Question question) {
    oneAtATime.lock();
    try {
      QuestionBook book = book(question.terms());
      look(book, question.id());
      Verdict verdict = book.ask(question.id(), WorkflowTime.now());
      changes++;
      return verdict;
    } finally {
      oneAtATime.unlock();
    }
  }

  private QuestionBook book(QuestionTerms terms) {
    if (book == null) {
      book = new QuestionBook(terms);
    }
    book.follow(terms);
    return book;
  }

  /**
   * At some of many, and on at the others for as long as these may be what decides. Without a look,
   * those count as open that were.
   */
  private void look(QuestionBook book, String asking) {
    Set<String> seen = new LinkedHashSet<>();
    List<String> ids = book.someOpenBut(asking, LOOKS);
    try {
      while (!ids.isEmpty()) {
        List<Seen> found = looks.look(ids);
        book.see(found);
        seen.addAll(ids);
        found.forEach(each -> seen.add(each.id())); // histories have looks at all
        ids =
            book.hangsOnAnswers(WorkflowTime.now())
                ? book.open().stream()
                    .filter(id -> !id.equals(asking) && !seen.contains(id))
                    .limit(FURTHER_LOOKS)
                    .toList()
                : List.of();
      }
    } catch (ActivityFailure e) {
      log.warn("Nobody says how questions stand: {}", e.getMessage());
    }
  }

  @Override
  public @Nullable Verdict refusal(Instant now) {
    return book == null ? null : book.refusal(now).orElse(null);
  }
}
