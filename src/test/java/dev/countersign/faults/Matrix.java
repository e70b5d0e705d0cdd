package dev.countersign.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Executes plans, some of them side by side, and says how each went as soon as it is over. */
final class Matrix {
  private Matrix() {}

  /** The outcomes, in the order of the plans. */
  static List<Outcome> execute(List<Plan> plans, int sideBySide) throws InterruptedException {
    List<Future<Outcome>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(sideBySide)) {
      plans.forEach(plan -> running.add(threads.submit(() -> tell(Outcome.of(plan)))));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Future<Outcome> run : running) {
      try {
        outcomes.add(run.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("A run came to no end", e.getCause());
      }
    }
    outcomes.sort(Comparator.comparing(outcome -> outcome.plan().seed()));
    return outcomes;
  }

  private static synchronized Outcome tell(Outcome outcome) {
    System.out.println(outcome);
    if (!outcome.violations().isEmpty()) {
      System.out.println(outcome.plan());
      outcome.violations().forEach(System.out::println);
    }
    return outcome;
  }
}
