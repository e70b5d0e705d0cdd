package dev.countersign.answers;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a check for many cases, several at once. {@code -Danswers.runs} says for how many, {@code
 * -Danswers.seed} with which seed, and {@code -Danswers.case} runs one of them alone.
 */
public final class Cases {
  private static final long SEED = Long.getLong("answers.seed", 1);
  private static final int ONE = Integer.getInteger("answers.case", -1);
  private static final int AT_ONCE = 12;
  private static final int MOST_TOLD = 12;
  private static final int MOST_CHARACTERS = 3_000;
  private static final int MOST_FRAMES = 25;
  private static final Duration LOOK = Duration.ofMillis(50);

  private final int from;
  private final int to;
  private final Map<GeneratedCase, Running> running = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> findings = new ConcurrentLinkedQueue<>();
  private final AtomicInteger ended = new AtomicInteger();

  private Cases(int from, int to) {
    this.from = from;
    this.to = to;
  }

  /** As many as the build asks for, or else so many. */
  public static Cases or(int usually) {
    return ONE >= 0
        ? new Cases(ONE, ONE + 1)
        : new Cases(0, Integer.getInteger("answers.runs", usually));
  }

  /** What must hold for one case; whatever it throws is a finding. */
  @FunctionalInterface
  public interface Check {
    void check(GeneratedCase generated) throws Exception;
  }

  private record Running(Thread thread, long since) {}

  /**
   * Runs them all.
   *
   * @param atMost longest time for one of them
   * @throws AssertionError that tells what was found, each with how it is run again
   */
  public void hold(Duration atMost, Check check) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, daemons())) {
      IntStream.range(from, to)
          .mapToObj(index -> new GeneratedCase(SEED, index))
          .forEach(it -> threads.execute(() -> run(it, check)));
      threads.shutdown();
      while (!threads.awaitTermination(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        findOverdue(atMost);
        if (findings.size() > MOST_TOLD) {
          threads.shutdownNow();
          break;
        }
      }
      if (!findings.isEmpty()) {
        threads.shutdownNow();
        throw new AssertionError(told());
      }
    }
  }

  private static ThreadFactory daemons() {
    return Thread.ofPlatform().name("answers-", 0).daemon().factory();
  }

  private void run(GeneratedCase it, Check check) {
    running.put(it, new Running(Thread.currentThread(), System.nanoTime()));
    try {
      check.check(it);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) { // an Error is what is looked for
      findings.add(it + "\n" + shortened(traceOf(e)));
    } finally {
      running.remove(it);
      ended.incrementAndGet();
    }
  }

  private void findOverdue(Duration atMost) {
    running.forEach((it, run) -> {
      if (System.nanoTime() - run.since > atMost.toNanos() && running.remove(it) != null) {
        String stack =
            Arrays.stream(run.thread.getStackTrace())
                .limit(MOST_FRAMES)
                .map(frame -> "\tat " + frame)
                .collect(joining("\n"));
        findings.add(it + "\nhas not ended within " + atMost + ", but stands at\n" + stack);
      }
    });
  }

  private String told() {
    return findings.size()
        + " findings in "
        + ended.get()
        + " cases:\n\n"
        + findings.stream().limit(MOST_TOLD).collect(joining("\n\n"));
  }

  private static String traceOf(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private static String shortened(@Nullable String text) {
    String all = String.valueOf(text);
    return all.length() <= MOST_CHARACTERS ? all : all.substring(0, MOST_CHARACTERS) + " …";
  }
}
