package dev.countersign.faults;

import dev.countersign.devservices.loopback.CallLog.Call;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.faults.Evidence.Polled;
import dev.countersign.faults.Evidence.Question;
import dev.countersign.faults.Violation.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The pace of polls: one at a time, none before its interval. */
final class PollRules {
  /**
   * From here on the provider has held an answer back, and its interval counts from the sending.
   */
  private static final Duration HELD = Duration.ofSeconds(10);

  /** The log of the stand-in may be this much behind what its client saw. */
  private static final Duration BLUR = Duration.ofMillis(200);

  private final Facts facts;
  private final List<Violation> broken = new ArrayList<>();

  PollRules(Facts facts) {
    this.facts = facts;
  }

  Stream<Violation> broken() {
    facts.evidence().questions().forEach(this::check);
    return broken.stream();
  }

  private void check(Question asked) {
    List<Call> polls = facts.calls(Endpoint.TOKEN, asked.id());
    for (int i = 1; i < polls.size(); i++) {
      pair(asked, polls.get(i - 1), polls.get(i));
    }
    boolean byPings = facts.evidence().plan().pings() != Plan.Pings.NONE;
    if (!byPings && !polls.isEmpty()) {
      if (polls.getFirst().from().isBefore(asked.askedAt().plus(World.INTERVAL))) {
        add(Rule.INTERVAL, asked, "first poll too early: " + polls.getFirst());
      }
      asked.polls().stream()
          .filter(poll -> poll.answer().equals("SlowDown") && !wasHeld(polls, poll))
          .forEach(poll -> add(Rule.INTERVAL, asked, "told to slow down: " + poll + ", " + polls));
    }
  }

  /** A request that the stand-in held when its client had long gone. */
  private static boolean wasHeld(List<Call> polls, Polled poll) {
    return polls.stream()
        .filter(call -> call.fault() instanceof Fault.HoldBefore)
        .anyMatch(call -> call.to() != null && !call.to().isBefore(poll.at().minus(BLUR)));
  }

  private void pair(Question asked, Call one, Call next) {
    boolean cutOff = facts.isCutOff(one.from(), next.from());
    Instant heard = facts.heardUntil(one);
    if (heard.isAfter(next.from().plus(BLUR))) {
      if (!cutOff) {
        add(Rule.ONE_POLL_AT_A_TIME, asked, one + " and " + next);
      }
      return;
    }
    boolean held = Duration.between(one.from(), heard).compareTo(HELD) >= 0;
    Instant earliest = (held ? one.from() : heard).plus(World.INTERVAL).minus(BLUR);
    boolean byPings = facts.evidence().plan().pings() != Plan.Pings.NONE;
    if (next.from().isBefore(earliest) && !byPings) {
      add(Rule.INTERVAL, asked, one + ", then " + next);
    }
  }

  private void add(Rule rule, Question asked, String evidence) {
    broken.add(
        new Violation(
            facts.evidence().plan().seed(),
            rule,
            asked.message() + " (" + asked.id() + ")",
            evidence));
  }
}
