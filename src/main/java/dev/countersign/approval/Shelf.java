package dev.countersign.approval;

import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the provider decided until it is certainly stored: a token is handed out once, and the
 * SDK gives a report up after a minute, telling nobody. In memory, with tokens sealed; for as long
 * as the workflow may still want it. Thread-safe.
 */
final class Shelf {
  private static final Logger log = LoggerFactory.getLogger(Shelf.class);

  /** More than one process decides while Temporal is away; the oldest go first. */
  private static final int MOST = 10_000;

  private final Map<String, Entry> kept = new LinkedHashMap<>();

  /**
   * A decision.
   *
   * @param until of {@link System#nanoTime}: nobody wants it later
   * @param attempt that has reported it, or tried to
   */
  private record Entry(Decision decision, long until, Attempt attempt) {}

  /**
   * Keeps a decision, to be called before it is reported.
   *
   * @param request whose decision it is
   * @param wanted for how long the workflow may want it
   */
  synchronized void keep(String request, Decision decision, Duration wanted, Attempt attempt) {
    long now = System.nanoTime();
    kept.values().removeIf(entry -> entry.until() - now < 0);
    if (kept.size() >= MOST) {
      Iterator<Entry> oldest = kept.values().iterator();
      oldest.next();
      oldest.remove();
    }
    kept.put(request, new Entry(decision, now + wanted.toNanos(), attempt));
  }

  /** What was decided of a request; null: nothing that is known here. */
  synchronized @Nullable Decision find(String request) {
    Entry entry = kept.get(request);
    return entry == null || entry.until() - System.nanoTime() < 0 ? null : entry.decision();
  }

  /**
   * Reports all once more, the newest first: who has them already refuses them, which does no harm.
   */
  void reportAgain() {
    wanted().reversed().forEach(Shelf::report);
  }

  /**
   * Reports what was decided by one activity once more.
   *
   * @return whether it needs no other attempt: it is stored now, or may be next time
   */
  boolean reportAgain(String runId, String activityId) {
    return wanted().stream()
        .filter(entry -> entry.attempt().runId().equals(runId))
        .filter(entry -> entry.attempt().info().getActivityId().equals(activityId))
        .anyMatch(Shelf::report);
  }

  private synchronized List<Entry> wanted() {
    long now = System.nanoTime();
    return kept.values().stream().filter(entry -> entry.until() - now >= 0).toList();
  }

  /** Returns whether it is stored now, or may be next time. */
  private static boolean report(Entry entry) {
    try {
      completion(entry).complete(entry.attempt().taskToken(), entry.decision());
      log.info("A decision that could not be reported at once is stored now");
      return true;
    } catch (ActivityNotExistsException e) {
      log.debug("This decision was stored before, or its attempt is over", e);
      return entry.decision() instanceof Decision.Approved && reportForALaterAttempt(entry);
    } catch (ActivityCompletionException e) {
      log.warn("A decision can't be reported yet: {}", e.toString());
      return true;
    }
  }

  /** Its token is handed out once, and here it is; refused where the wait has ended. */
  private static boolean reportForALaterAttempt(Entry entry) {
    Attempt attempt = entry.attempt();
    try {
      completion(entry)
          .complete(
              attempt.workflowId(),
              Optional.of(attempt.runId()),
              attempt.info().getActivityId(),
              entry.decision());
      log.info("An approval is stored that came to an attempt that was taken over");
      return true;
    } catch (ActivityCompletionException e) {
      log.debug("Nobody waits for this approval any more", e);
      return false;
    }
  }

  private static ActivityCompletionClient completion(Entry entry) {
    Attempt attempt = entry.attempt();
    return attempt.client().newActivityCompletionClient().withContext(attempt.serialization());
  }
}
