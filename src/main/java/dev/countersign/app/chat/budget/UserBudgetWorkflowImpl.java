package dev.countersign.app.chat.budget;

import dev.countersign.workflow.Timers;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides and counts, one thing after the other. */
public final class UserBudgetWorkflowImpl implements UserBudgetWorkflow {
  /**
   * It is started together with what it is to decide, which may be lost on the way all the same.
   */
  private static final Duration FIRST_WITHIN = Duration.ofMinutes(1);

  private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

  private final BudgetBook book;
  private boolean heard;

  /** State is there before {@link #keep} runs: the first to be decided comes with the start. */
  @WorkflowInit
  public UserBudgetWorkflowImpl(@Nullable Kept kept) {
    book = kept == null ? new BudgetBook() : BudgetBook.of(kept);
    heard = kept != null;
  }

  @Override
  public void keep(@Nullable Kept kept) {
    Timers.await(FIRST_WITHIN, "Until the first is asked or told", () -> heard);
    while (true) {
      Instant now = WorkflowTime.now();
      book.forget(now);
      if (book.isEmpty() && Workflow.isEveryHandlerFinished()) {
        return;
      }
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.await(Workflow::isEveryHandlerFinished);
        Workflow.newContinueAsNewStub(UserBudgetWorkflow.class).keep(book.kept());
      }
      Duration wait = Duration.between(now, book.idleAt(now));
      Timers.await(
          wait.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : wait,
          "Until nothing of this counts any more",
          () -> Workflow.getInfo().isContinueAsNewSuggested());
    }
  }

  @Override
  public Leave begin(Conversation conversation) {
    heard = true;
    return book.begin(conversation.id(), conversation.terms().conversations(), WorkflowTime.now());
  }

  @Override
  public Leave spend(Call call) {
    heard = true;
    return book.spend(call.id(), call.expected(), call.terms().tokens(), WorkflowTime.now());
  }

  @Override
  public void spent(Spent spent) {
    heard = true;
    book.spent(spent.id(), spent.tokens(), WorkflowTime.now());
  }
}
