package dev.countersign.question;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which questions of one user are open, which wait in line, and how often they were asked and have
 * denied. Knows no time but what it is told. Not thread-safe.
 */
final class QuestionBook {
  /** A question that certainly didn't ring is asked again for as long: it is the same one. */
  private static final Duration ONE_QUESTION = Duration.ofMinutes(2);

  /** One whose turn has come and who doesn't ask has ended, or will ask by itself. */
  private static final Duration TURN_WITHIN = Duration.ofMinutes(1);

  /** Since when, in the order in which they were last looked at. */
  private final Map<String, Instant> open = new LinkedHashMap<>();

  private final Map<String, Instant> line = new LinkedHashMap<>();
  private final List<Instant> asked = new ArrayList<>();
  private final List<Instant> denied = new ArrayList<>();
  private @Nullable Instant approved;
  private QuestionTerms terms;

  QuestionBook(QuestionTerms terms) {
    this.terms = terms;
  }

  /** As it was kept. */
  static QuestionBook of(UserQuestionsWorkflow.Kept kept) {
    QuestionBook book = new QuestionBook(kept.terms());
    kept.open().forEach(entry -> book.open.put(entry.id(), entry.at()));
    kept.line().forEach(entry -> book.line.put(entry.id(), entry.at()));
    book.asked.addAll(kept.asked());
    book.denied.addAll(kept.denied());
    book.approved = kept.approved();
    return book;
  }

  UserQuestionsWorkflow.Kept kept() {
    return new UserQuestionsWorkflow.Kept(
        terms, entries(open), entries(line), List.copyOf(asked), List.copyOf(denied), approved);
  }

  private static List<UserQuestionsWorkflow.Entry> entries(Map<String, Instant> from) {
    return from.entrySet().stream()
        .map(entry -> new UserQuestionsWorkflow.Entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** From now on these. */
  void follow(QuestionTerms terms) {
    this.terms = terms;
  }

  /**
   * Ids of those that are not answered, as far as is known, first whoever was not looked at for
   * longest.
   */
  List<String> open() {
    return List.copyOf(open.keySet());
  }

  /**
   * Some of these but one: half of them the youngest, which are the likeliest to have been answered
   * just now, and half whoever was not looked at for longest.
   */
  List<String> someOpenBut(String id, int most) {
    List<String> others = open.keySet().stream().filter(other -> !other.equals(id)).toList();
    if (others.size() <= most) {
      return others;
    }
    List<String> some =
        new ArrayList<>(
            others.stream()
                .sorted(Comparator.<String, Instant>comparing(open::get).reversed())
                .limit(most / 2)
                .toList());
    some.addAll(
        others.stream().filter(other -> !some.contains(other)).limit(most - some.size()).toList());
    return List.copyOf(some);
  }

  /** Whether a question would be put off or refused for what answers to others may change. */
  boolean hangsOnAnswers(Instant now) {
    return rates(now).isEmpty() && (!hasRoom() || denials(now).isPresent());
  }

  /**
   * What has become of questions, of which some may have ended before others that were seen
   * earlier.
   */
  void see(List<Seen> seen) {
    for (Seen each : seen) {
      Instant asked = open.remove(each.id());
      if (asked == null) {
        continue;
      }
      if (!each.hasEnded()) {
        open.put(each.id(), asked);
        continue;
      }
      switch (each.answer()) {
        case DENIED -> denied(each.at());
        case APPROVED -> approved(each.at());
        case NONE -> {}
      }
    }
  }

  private void denied(Instant at) {
    if (approved == null || at.isAfter(approved)) {
      denied.add(at);
      denied.sort(Comparator.naturalOrder());
    }
  }

  private void approved(Instant at) {
    approved = approved == null ? at : later(approved, at);
    denied.removeIf(denial -> !denial.isAfter(at));
  }

  /** Decides on one, and counts it. */
  Verdict ask(String id, Instant now) {
    forget(now);
    Instant before = open.get(id);
    if (before != null && before.plus(ONE_QUESTION).isAfter(now)) {
      return Verdict.ask();
    }
    Optional<Verdict> refusal = refusal(now);
    if (refusal.isPresent()) {
      leave(id);
      return refusal.get();
    }
    if (before == null && !isFirst(id)) {
      return standInLine(id, now);
    }
    leave(id);
    open.put(id, now);
    if (terms.perHour() > 0 || terms.perDay() > 0) {
      asked.add(now);
    }
    return Verdict.ask();
  }

  /** Why nothing is to be asked now; empty: something may be. */
  Optional<Verdict> refusal(Instant now) {
    return denials(now).or(() -> rates(now));
  }

  private Optional<Verdict> rates(Instant now) {
    return rate(now, terms.perHour(), QuestionTerms.HOUR, "an hour")
        .or(() -> rate(now, terms.perDay(), QuestionTerms.DAY, "a day"));
  }

  private Optional<Verdict> denials(Instant now) {
    if (terms.denials() == 0 || denied.size() < terms.denials()) {
      return Optional.empty();
    }
    Instant first = denied.get(denied.size() - terms.denials());
    Instant last = denied.getLast();
    Instant until = last.plus(terms.coolDown());
    return until.isAfter(now) && last.isBefore(first.plus(terms.coolDown()))
        ? Optional.of(
            Verdict.refused(
                "You have denied "
                    + terms.denials()
                    + " questions in a row, so nothing is asked before "
                    + in(now, until),
                until))
        : Optional.empty();
  }

  private Optional<Verdict> rate(Instant now, int most, Duration window, String name) {
    if (most == 0) {
      return Optional.empty();
    }
    List<Instant> within = asked.stream().filter(at -> at.plus(window).isAfter(now)).toList();
    if (within.size() < most) {
      return Optional.empty();
    }
    Instant until = within.get(within.size() - most).plus(window);
    return Optional.of(
        Verdict.refused(
            "You have been asked "
                + most
                + " times within "
                + name
                + ", which is the most; ask again in "
                + in(now, until),
            until));
  }

  private static String in(Instant now, Instant until) {
    long minutes = Math.max(1, (Duration.between(now, until).toSeconds() + 59) / 60);
    if (minutes == 1) {
      return "a minute";
    }
    return minutes <= 120 ? minutes + " minutes" : (minutes + 59) / 60 + " hours";
  }

  private boolean isFirst(String id) {
    return hasRoom() && (line.isEmpty() || line.keySet().iterator().next().equals(id));
  }

  private Verdict standInLine(String id, Instant now) {
    Instant since = line.get(id);
    if (since == null && line.size() >= terms.line()) {
      return Verdict.refused(
          "Too many of your questions wait already; answer some on your device, or take some back",
          now.plus(terms.holdFor()));
    }
    if (since != null && !since.plus(terms.lineFor()).isAfter(now)) {
      line.remove(id);
      return Verdict.refused(
          "Others of your questions were not answered in time, so this one was not asked", now);
    }
    line.putIfAbsent(id, now);
    return Verdict.inLine(
        hasRoom()
            ? "Others of your questions have waited longer, so this one is asked after them."
            : open.size()
                + (open.size() == 1 ? " question waits" : " questions wait")
                + " for your answer, so this one is asked when one of them is answered.");
  }

  /** Whether one more may be asked beside those that are open. */
  boolean hasRoom() {
    return terms.open() == 0 || open.size() < terms.open();
  }

  /** Whose turn is next; empty: nobody waits. */
  Optional<String> next() {
    return line.keySet().stream().findFirst();
  }

  /** It doesn't wait any more. */
  void leave(String id) {
    line.remove(id);
  }

  /** How long the one whose turn has come may take to ask. */
  Duration turnWithin() {
    return TURN_WITHIN;
  }

  /** When the oldest open question doesn't count any more; null: there is none. */
  @Nullable Instant roomBy() {
    return open.isEmpty() ? null : Collections.min(open.values()).plus(terms.holdFor());
  }

  /** When nothing of what is known now counts any more. */
  Instant idleAt(Instant now) {
    Instant idle = now;
    for (Instant at : open.values()) {
      idle = later(idle, at.plus(terms.holdFor()));
    }
    for (Instant at : line.values()) {
      idle = later(idle, at.plus(terms.lineFor()));
    }
    for (Instant at : asked) {
      idle = later(idle, at.plus(QuestionTerms.DAY));
    }
    for (Instant at : denied) {
      idle = later(idle, at.plus(terms.coolDown().multipliedBy(2)));
    }
    return idle;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** What counts no more. */
  void forget(Instant now) {
    open.values().removeIf(at -> !at.plus(terms.holdFor()).isAfter(now));
    asked.removeIf(at -> !at.plus(QuestionTerms.DAY).isAfter(now));
    denied.removeIf(at -> !at.plus(terms.coolDown().multipliedBy(2)).isAfter(now));
    // longer, as whoever has waited so long asks once more, to be told
    line.values().removeIf(at -> !at.plus(terms.lineFor()).plus(terms.holdFor()).isAfter(now));
  }

  boolean isEmpty() {
    return open.isEmpty() && line.isEmpty() && asked.isEmpty() && denied.isEmpty();
  }
}
