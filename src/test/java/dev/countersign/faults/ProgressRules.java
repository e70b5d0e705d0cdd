package dev.countersign.faults;

import dev.countersign.faults.Evidence.Accepted;
import dev.countersign.faults.Evidence.Bought;
import dev.countersign.faults.Evidence.Flow;
import dev.countersign.faults.Violation.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whatever was wished for goes on to an end, and once only. */
final class ProgressRules {
  private static final List<String> BAD_ENDS = List.of("FAILED", "TERMINATED", "TIMED_OUT");

  /** A message arrived while the task went on: it is run again, and nothing is wrong. */
  private static final String OVERTAKEN = "WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND";

  /** The process was frozen, or the machine busy, for a second: the task is run again. */
  private static final String STOOD_STILL = "TMPRL1101";

  /**
   * A query that arrives while a task is under way may run ahead of it, and the SDK keeps that copy
   * of the workflow: what comes next doesn't fit it, the copy is thrown away, and the task is run
   * again from the history. Wrong only if the history doesn't replay either.
   */
  private static final String NOT_AS_REMEMBERED =
      "WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR";

  private final Facts facts;
  private final List<Violation> broken = new ArrayList<>();

  ProgressRules(Facts facts) {
    this.facts = facts;
  }

  Stream<Violation> broken() {
    Evidence evidence = facts.evidence();
    evidence.purchases().stream()
        .filter(purchase -> !purchase.hasEnded())
        .forEach(purchase -> add(Rule.NOT_STUCK, purchase.id(), "still open: " + purchase));
    evidence.workflows().forEach(this::check);
    evidence
        .refused()
        .forEach(refused -> add(Rule.NOT_STUCK, "wish " + refused.wish(), refused.toString()));
    evidence.plan().wishes().forEach(this::check);
    return broken.stream();
  }

  private void check(Flow flow) {
    List<String> failed =
        flow.failedTasks().stream()
            .filter(cause -> !cause.startsWith(OVERTAKEN) && !cause.contains(STOOD_STILL))
            .filter(cause -> !(cause.startsWith(NOT_AS_REMEMBERED) && flow.replays()))
            .toList();
    if (!failed.isEmpty() || BAD_ENDS.contains(flow.status())) {
      add(Rule.NOT_STUCK, flow.id(), flow.toString());
    }
  }

  private void check(Wish wish) {
    List<Accepted> answers =
        facts.evidence().accepted().stream()
            .filter(accepted -> accepted.wish() == wish.number())
            .toList();
    answers.stream()
        .collect(
            Collectors.groupingBy(
                Accepted::key, Collectors.mapping(Accepted::purchases, Collectors.toSet())))
        .forEach((key, different) -> {
          if (different.size() > 1) {
            add(Rule.ONE_PURCHASE_PER_WISH, key, "answers differ: " + different);
          }
        });
    Set<String> told = new HashSet<>();
    answers.forEach(accepted -> told.addAll(accepted.purchases()));
    for (Wish.Item item : new HashSet<>(wish.items())) {
      List<Bought> bought =
          facts.evidence().purchases().stream()
              .filter(purchase -> purchase.product().equals(item.product()))
              .toList();
      boolean mayRepeat = wish.model() == Wish.ModelWay.REPEATED_CALL;
      boolean lacksOne = !told.isEmpty() && bought.isEmpty();
      if (lacksOne || (bought.size() > 1 && !mayRepeat)) {
        add(
            Rule.ONE_PURCHASE_PER_WISH,
            "wish " + wish.number(),
            bought + " of " + item + ", told " + answers);
      }
    }
  }

  private void add(Rule rule, String subject, String evidence) {
    broken.add(new Violation(facts.evidence().plan().seed(), rule, subject, evidence));
  }
}
