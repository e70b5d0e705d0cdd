package dev.countersign.faults;

import dev.countersign.devservices.loopback.CallLog.Call;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.faults.Evidence.Disruption;
import dev.countersign.faults.Evidence.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a fault did.
 *
 * @param kind as the report calls it
 * @param hits how often it hit: calls, or one
 * @param recovery how long it took until all that it could hit went on; null: it hit nothing that
 *     would show it
 */
record Effect(String kind, int hits, @Nullable Duration recovery) {

  /** The effects of all faults of a run that hit anything. */
  static List<Effect> of(Evidence evidence) {
    List<Effect> effects = new ArrayList<>();
    evidence
        .disruptions()
        .forEach(disruption ->
            effects.add(
                new Effect(disruption.trouble().kind(), 1, recovery(evidence, disruption))));
    evidence.plan().troubles().stream()
        .map(Plan.Moment::trouble)
        .distinct()
        .forEach(trouble -> {
          if (trouble instanceof Trouble.Misbehave wrong) {
            misbehaved(evidence, wrong).ifPresent(effects::add);
          }
        });
    evidence.plan().circumstances().forEach(kind -> effects.add(new Effect(kind, 1, null)));
    return effects;
  }

  private static Optional<Effect> misbehaved(Evidence evidence, Trouble.Misbehave wrong) {
    Fault fault = wrong.how().fault(wrong.delay());
    List<Call> hit =
        evidence.calls().stream()
            .filter(call -> call.endpoint().equals(wrong.endpoint().name))
            .filter(call -> fault.equals(call.fault()))
            .toList();
    return hit.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Effect(
                wrong.kind(),
                hit.size(),
                longest(hit.stream().flatMap(call -> untilAnswered(evidence, call).stream()))));
  }

  /** How long until the same was asked again and got a true answer. */
  private static Optional<Duration> untilAnswered(Evidence evidence, Call call) {
    return evidence.calls().stream()
        .filter(next -> next.endpoint().equals(call.endpoint()))
        .filter(next -> next.subject().equals(call.subject()))
        .filter(next -> next.from().isAfter(call.from()) && next.fault() == null)
        .findFirst()
        .map(next -> Duration.between(call.from(), next.from()));
  }

  /**
   * How long until everything that was pending was polled again: from the beginning of the trouble
   * where another application can go on, else from its end.
   */
  private static @Nullable Duration recovery(Evidence evidence, Disruption disruption) {
    boolean others = disruption.app() >= 0 && evidence.plan().apps().size() > 1;
    Instant since = others ? disruption.from() : disruption.to();
    return longest(
        evidence.questions().stream()
            .filter(question -> isPending(question, disruption.from()))
            .flatMap(question -> untilPolled(evidence, question, since).stream()));
  }

  private static boolean isPending(Question question, Instant at) {
    return question.askedAt().isBefore(at)
        && question.expiresAt().isAfter(at)
        && question.polls().stream()
            .noneMatch(poll -> !poll.answer().equals("Pending") && poll.at().isBefore(at));
  }

  private static Optional<Duration> untilPolled(
      Evidence evidence, Question question, Instant since) {
    return evidence.calls().stream()
        .filter(call -> call.endpoint().equals(Endpoint.TOKEN.name))
        .filter(call -> call.subject().equals(question.id()) && call.from().isAfter(since))
        .findFirst()
        .map(call -> Duration.between(since, call.from()));
  }

  private static @Nullable Duration longest(Stream<Duration> times) {
    return times.max(Comparator.naturalOrder()).orElse(null);
  }
}
