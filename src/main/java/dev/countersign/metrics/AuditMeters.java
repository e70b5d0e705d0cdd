package dev.countersign.metrics;

import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Counts what is audited. A step that is repeated, because a process died before it was stored, is
 * counted again, as it is logged again.
 */
final class AuditMeters
    implements AuditListener, ApplicationListener<ApplicationStartedEvent>, AutoCloseable {
  /** By what the audit log calls them. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "refused", "questions_refused",
          "in_line", "questions_in_line",
          "conversations", "conversations_of_user",
          "tokens", "tokens_of_user");

  /** What may be found changed, as the audit log calls it. */
  private static final List<String> SEALED =
      List.of("question", "handle", "call", "token", "proof", "remembered", "evidence", "payload");

  private static final String NOT_BEGUN = "not_begun";

  private static final String NO_TOOL = "none";

  /** A name that is in an id of a workflow only: anybody who writes to Temporal can make one up. */
  private static final String UNKNOWN_TOOL = "other";

  private static final ByTool QUESTIONS =
      new ByTool(
          "countersign.questions",
          "Requests to the identity provider to ask a user",
          List.of("asked", "no_device", "refused", "unclear"));
  private static final ByTool DECISIONS =
      new ByTool(
          "countersign.decisions",
          "What came of questions",
          List.of("approved", "denied", "expired", "rejected", "lost", "failed"));
  private static final ByTool RUNS =
      new ByTool(
          "countersign.runs",
          "What came of runs, or why there was none",
          List.of(
              "done", NOT_BEGUN, "not_done", "refused", "token_ended", "cover_unknown", "unknown"));

  /** What is counted by tool, and what may come of it, as the audit log calls it. */
  private record ByTool(String series, String meaning, List<String> outcomes) {}

  private final MeterRegistry meters;
  private final Supplier<List<String>> tools;

  /**
   * Hears nothing before it is added to the audit's listeners.
   *
   * @param tools names of the tools that this process knows by now
   */
  AuditMeters(MeterRegistry meters, Supplier<List<String>> tools) {
    this.meters = meters;
    this.tools = tools;
  }

  /** An alarm on what has never happened needs something to rise from. */
  AuditMeters begin() {
    SEALED.forEach(this::brokenSeals);
    LIMITS.values().forEach(this::limits);
    mismatches();
    covered();
    AuditEntry.addListener(this);
    return this;
  }

  @Override
  public void close() {
    AuditEntry.removeListener(this);
  }

  /** Before anything is asked or run: its first time too is something that a rate can show. */
  @Override
  public void onApplicationEvent(ApplicationStartedEvent started) {
    beginTools();
  }

  void beginTools() {
    for (String tool : tools.get()) {
      for (ByTool counted : List.of(QUESTIONS, DECISIONS, RUNS)) {
        counted.outcomes().forEach(outcome -> counter(counted, tool, outcome));
      }
    }
    counter(RUNS, UNKNOWN_TOOL, NOT_BEGUN);
  }

  @Override
  public void heard(AuditEntry entry) {
    String outcome = Objects.requireNonNullElse(entry.outcome(), "none");
    switch (entry.event()) {
      case QUESTION_ASKED -> counter(QUESTIONS, tool(entry), outcome).increment();
      case DECIDED -> {
        counter(DECISIONS, tool(entry), outcome).increment();
        time(
            "countersign.decision.time",
            "Time from the question to what came of it",
            Tags.of("outcome", outcome),
            Buckets.DECISION,
            entry.took());
      }
      case GRANT_MISMATCH -> mismatches().increment();
      case COVERED -> covered().increment();
      case RUN_BEGUN ->
          time(
              "countersign.run.delay",
              "Time from an approval to the first run of the method",
              Tags.empty(),
              Buckets.REQUEST,
              entry.took());
      case RUN_ENDED -> {
        counter(RUNS, tool(entry), outcome).increment();
        time(
            "countersign.run.time",
            "Time of a run",
            Tags.of("outcome", outcome),
            Buckets.REQUEST,
            entry.took());
      }
      case CANCELLED ->
          count(
              "countersign.cancels",
              "Calls that users have taken back, or were too late to",
              Tags.of("tool", tool(entry), "outcome", outcome));
      case SEAL_BROKEN -> brokenSeals(outcome).increment();
      case LIMIT_REACHED -> limits(LIMITS.getOrDefault(outcome, outcome)).increment();
      case LOGIN -> logins("done");
      case LOGIN_REFUSED -> logins(outcome);
      case TOKEN_REFUSED ->
          count(
              "countersign.tokens.refused",
              "Requests with a token that isn't accepted",
              Tags.of("error", outcome));
      case LOGOUT, TOKEN_OBTAINED, OPERATOR_ACT -> {
        // nothing that anybody is woken by
      }
    }
  }

  private String tool(AuditEntry entry) {
    String tool = entry.tool();
    if (tool == null) {
      return NO_TOOL;
    }
    return tools.get().contains(tool) ? tool : UNKNOWN_TOOL;
  }

  private Counter counter(ByTool counted, String tool, String outcome) {
    return counter(counted.series(), counted.meaning(), Tags.of("tool", tool, "outcome", outcome));
  }

  private Counter mismatches() {
    return counter(
        "countersign.grants.mismatched",
        "Approvals that are not of what was asked, or not of whom",
        Tags.empty());
  }

  private Counter covered() {
    return counter(
        "countersign.runs.covered",
        "Runs under an earlier approval, of which nobody was asked",
        Tags.empty());
  }

  private Counter brokenSeals(String of) {
    return counter(
        "countersign.seals.broken",
        "Sealed data that was changed, or used in another place",
        Tags.of("of", of));
  }

  private Counter limits(String limit) {
    return counter("countersign.limits.hit", "Limits that were hit", Tags.of("limit", limit));
  }

  private void logins(String outcome) {
    count("countersign.logins", "Logins at the page", Tags.of("outcome", outcome));
  }

  private void count(String name, String meaning, Tags tags) {
    counter(name, meaning, tags).increment();
  }

  private Counter counter(String name, String meaning, Tags tags) {
    return Counter.builder(name).description(meaning).tags(tags).register(meters);
  }

  private void time(
      String name, String meaning, Tags tags, Duration[] buckets, @Nullable Duration time) {
    if (time != null) {
      Timer.builder(name)
          .description(meaning)
          .tags(tags)
          .serviceLevelObjectives(buckets)
          .register(meters)
          .record(time);
    }
  }
}
