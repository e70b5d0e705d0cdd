package dev.countersign.question;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The questions that one user is asked, in all processes and over restarts. Open for as long as one
 * of them counts, a day at most after the last one.
 */
@WorkflowInterface
public interface UserQuestionsWorkflow {
  /** Type of the workflow, as in histories. */
  String TYPE = "UserQuestions";

  /**
   * Runs until nothing counts any more.
   *
   * @param kept what is known already; null: nothing
   */
  @WorkflowMethod(name = TYPE)
  void keep(@Nullable Kept kept);

  /** Decides whether a question may be asked now, and counts it. */
  @UpdateMethod(name = "ask")
  Verdict ask(Question question);

  /**
   * Why any question would be refused; null: it wouldn't be, as far as is known.
   *
   * @param now by the server's clock: in a query the workflow's own stands still
   */
  @QueryMethod(name = "refusal")
  @Nullable Verdict refusal(Instant now);

  /**
   * One that is to be asked.
   *
   * @param id of the workflow that asks
   */
  record Question(String id, QuestionTerms terms) {}

  /** A question of a workflow, since when. */
  record Entry(String id, Instant at) {}

  /**
   * What a continued run must know. Lives in histories: new components must be nullable.
   *
   * @param open those that are not answered
   * @param line those that wait until one is
   * @param asked when questions were asked, of the last day
   * @param denied when questions were denied since the last approval
   * @param approved when that was; null: there was none, as far as is known
   */
  record Kept(
      QuestionTerms terms,
      List<Entry> open,
      List<Entry> line,
      List<Instant> asked,
      List<Instant> denied,
      @Nullable Instant approved) {
    public Kept {
      open = List.copyOf(open);
      line = List.copyOf(line);
      asked = List.copyOf(asked);
      denied = List.copyOf(denied);
    }
  }
}
