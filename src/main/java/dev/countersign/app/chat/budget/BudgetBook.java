package dev.countersign.app.chat.budget;

import dev.countersign.app.chat.budget.UserBudgetWorkflow.Begun;
import dev.countersign.app.chat.budget.UserBudgetWorkflow.Kept;
import dev.countersign.app.chat.budget.UserBudgetWorkflow.Reserved;
import dev.countersign.app.chat.budget.UserBudgetWorkflow.Used;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one user has used within the last 24 hours. Tokens are kept by the quarter of an hour, and
 * count until the last of it is a day old. Knows no time but what it is told. Not thread-safe.
 */
final class BudgetBook {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  /** No call of the model takes longer: one that has told nothing by then never will. */
  private static final Duration LONGEST_CALL = Duration.ofHours(1);

  /** So that what is kept is bounded, whatever is set and whoever asks. */
  private static final int MOST_CALLS = 200;

  private final Map<String, Instant> begun = new LinkedHashMap<>();
  private final Map<String, Reserved> reserved = new LinkedHashMap<>();
  private final NavigableMap<Instant, Long> used = new TreeMap<>();
  private final Set<String> told = new LinkedHashSet<>();

  /** As it was kept. */
  static BudgetBook of(Kept kept) {
    BudgetBook book = new BudgetBook();
    kept.begun().forEach(entry -> book.begun.put(entry.id(), entry.at()));
    kept.reserved().forEach(entry -> book.reserved.put(entry.id(), entry));
    kept.used().forEach(entry -> book.used.put(entry.from(), entry.tokens()));
    book.told.addAll(kept.told());
    return book;
  }

  Kept kept() {
    return new Kept(
        begun.entrySet().stream()
            .map(entry -> new Begun(entry.getKey(), entry.getValue()))
            .toList(),
        List.copyOf(reserved.values()),
        used.entrySet().stream().map(entry -> new Used(entry.getKey(), entry.getValue())).toList(),
        List.copyOf(told));
  }

  /** Decides on a conversation, and counts it. */
  Leave begin(String id, int most, Instant now) {
    forget(now);
    if (most == 0 || begun.containsKey(id)) {
      return Leave.given(now);
    }
    if (begun.size() >= most) {
      List<Instant> since = new ArrayList<>(begun.values());
      return Leave.usedUp(now, since.get(since.size() - most).plus(DAY));
    }
    begun.put(id, now);
    return Leave.given(now);
  }

  /** Decides on a call of the model, and reserves what it may use. */
  Leave spend(String id, long expected, long most, Instant now) {
    forget(now);
    if (reserved.containsKey(id) || told.contains(id)) {
      return Leave.given(now);
    }
    long spent = sum(used.values());
    if (most > 0 && spent >= most) {
      return Leave.usedUp(now, roomAt(spent, most));
    }
    long soon = sum(reserved.values().stream().map(Reserved::tokens).toList());
    if (reserved.size() >= MOST_CALLS || (most > 0 && spent + soon >= most)) {
      return Leave.taken(now);
    }
    reserved.put(id, new Reserved(id, expected, now));
    return Leave.given(now);
  }

  private Instant roomAt(long spent, long most) {
    long left = spent;
    for (Map.Entry<Instant, Long> quarter : used.entrySet()) {
      left -= quarter.getValue();
      if (left < most) {
        return countsUntil(quarter.getKey());
      }
    }
    throw new IllegalStateException("Nothing is less than " + most);
  }

  /** Counts what a call of the model has used. */
  void spent(String id, long tokens, Instant now) {
    forget(now);
    if (told.contains(id)) {
      return;
    }
    reserved.remove(id);
    count(id, tokens, now);
  }

  private void count(String id, long tokens, Instant at) {
    if (tokens > 0) {
      Instant quarter =
          Instant.ofEpochSecond(at.getEpochSecond() / QUARTER.toSeconds() * QUARTER.toSeconds());
      used.merge(quarter, tokens, Long::sum);
    }
    told.add(id);
    while (told.size() > MOST_CALLS) {
      told.remove(told.iterator().next());
    }
  }

  private static long sum(Iterable<Long> tokens) {
    long sum = 0;
    for (long each : tokens) {
      sum += each;
    }
    return sum;
  }

  private static Instant countsUntil(Instant quarter) {
    return quarter.plus(QUARTER).plus(DAY);
  }

  /** What counts no more. What was reserved for a call that told nothing in time was used. */
  void forget(Instant now) {
    List<Reserved> lost =
        reserved.values().stream()
            .filter(call -> !call.at().plus(LONGEST_CALL).isAfter(now))
            .toList();
    for (Reserved call : lost) {
      reserved.remove(call.id());
      count(call.id(), call.tokens(), call.at());
    }
    begun.values().removeIf(at -> !at.plus(DAY).isAfter(now));
    used.keySet().removeIf(quarter -> !countsUntil(quarter).isAfter(now));
  }

  /** When nothing of what is known now counts any more. */
  Instant idleAt(Instant now) {
    Instant idle = now;
    for (Instant at : begun.values()) {
      idle = later(idle, at.plus(DAY));
    }
    for (Reserved call : reserved.values()) {
      idle = later(idle, countsUntil(call.at()));
    }
    return used.isEmpty() ? idle : later(idle, countsUntil(used.lastKey()));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  boolean isEmpty() {
    return begun.isEmpty() && reserved.isEmpty() && used.isEmpty();
  }
}
