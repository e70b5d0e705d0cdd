package dev.countersign.metrics;

import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls whose approvals arrived in this process, and which nobody is known to have begun to
 * run. Whichever process runs them: of those that weren't run here within half a minute Temporal is
 * asked. What a process that was killed knew of is lost with it; such calls are overdue in the end.
 * Thread-safe.
 */
final class ApprovedCalls implements AuditListener, AutoCloseable {
  /** A run follows within a second; another process that runs it doesn't tell this one. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Of so many a minute Temporal can be asked; of more nothing is known. */
  private static final int MOST = 10_000;

  private final CallLooks looks;
  private final InstantSource clock;
  private final Map<String, Instant> approved = new LinkedHashMap<>();

  /**
   * Hears nothing before it is added to the audit's listeners.
   *
   * @param clock the Temporal server's
   */
  ApprovedCalls(CallLooks looks, InstantSource clock) {
    this.looks = looks;
    this.clock = clock;
  }

  /** What Temporal knows of calls. */
  interface CallLooks {
    /** Those that visibility still has as waiting. */
    List<String> waiting(List<String> ids);

    /** Whether the first run of a call that was approved then has not begun, nor anything else. */
    boolean awaitsRun(String id, Instant approvedAt);
  }

  ApprovedCalls begin() {
    AuditEntry.addListener(this);
    return this;
  }

  @Override
  public void close() {
    AuditEntry.removeListener(this);
  }

  @Override
  public void heard(AuditEntry entry) {
    String call = entry.call();
    if (call == null || entry.tool() == null) {
      return; // no guarded call, which alone is run here
    }
    switch (entry.event()) {
      case DECIDED -> {
        if ("approved".equals(entry.outcome())) {
          add(call);
        }
      }
      case RUN_BEGUN, RUN_ENDED -> remove(call);
      default -> {
        // says nothing of a run
      }
    }
  }

  private synchronized void add(String call) {
    if (approved.size() < MOST) {
      approved.put(call, clock.instant());
    }
  }

  private synchronized void remove(String call) {
    approved.remove(call);
  }

  /** How many were approved half a minute ago, and wait for their first run. */
  int look() {
    Map<String, Instant> late = late();
    if (late.isEmpty()) {
      return 0;
    }
    List<String> waiting = looks.waiting(List.copyOf(late.keySet()));
    late.forEach((call, approvedAt) -> {
      if (!waiting.contains(call) || !looks.awaitsRun(call, approvedAt)) {
        remove(call);
      }
    });
    return remaining(late);
  }

  private synchronized Map<String, Instant> late() {
    Instant since = clock.instant().minus(PATIENCE);
    Map<String, Instant> late = new LinkedHashMap<>();
    approved.forEach((call, at) -> {
      if (!at.isAfter(since)) {
        late.put(call, at);
      }
    });
    return late;
  }

  private synchronized int remaining(Map<String, Instant> late) {
    return (int) late.keySet().stream().filter(approved::containsKey).count();
  }
}
