package dev.countersign.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingCallsTest {
  private static final Pattern QUERY =
      Pattern.compile("Waits( AND (StartTime|ApprovalExpiresAt) < '([^']+)')?");

  private final List<Instant> begun = new ArrayList<>();
  private final List<Instant> expiring = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private Instant now = Instant.parse("2030-01-01T12:00:00Z");
  private final PendingCalls calls = new PendingCalls("Waits", this::count, () -> now);

  private long count(String query) {
    asked.add(query);
    Matcher read = QUERY.matcher(query);
    assertThat(read.matches()).as(query).isTrue();
    if (read.group(1) == null) {
      return begun.size();
    }
    Instant before = Instant.parse(read.group(3));
    return (read.group(2).equals("StartTime") ? begun : expiring)
        .stream().filter(at -> at.isBefore(before)).count();
  }

  private void began(Duration ago) {
    begun.add(now.minus(ago));
  }

  @Test
  void asksOnceWhereNobodyWaits() {
    assertThat(calls.look()).isEqualTo(new PendingCalls.Known(0, Duration.ZERO, 0));
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.2S", "PT3S", "PT1M", "PT4H", "P29D"})
  void findsTheOldest(Duration age) {
    began(Duration.ofMillis(100));
    began(age);

    PendingCalls.Known known = calls.look();

    assertThat(known.count()).isEqualTo(2);
    assertThat(known.oldest())
        .isBetween(
            age.minusSeconds(1).minus(age.dividedBy(50)),
            age.plusSeconds(1).plus(age.dividedBy(50)));
    assertThat(asked).hasSizeLessThan(40);
  }

  @Test
  void asksThreeTimesWhileTheOldestStays() {
    began(Duration.ofMinutes(5));
    calls.look();
    asked.clear();
    now = now.plusSeconds(60);
    began(Duration.ZERO);

    assertThat(calls.look().oldest()).isBetween(Duration.ofSeconds(350), Duration.ofSeconds(361));
    assertThat(asked).hasSize(3);
  }

  @Test
  void findsTheNextWhenTheOldestHasEnded() {
    began(Duration.ofMinutes(5));
    calls.look();
    began(Duration.ofMinutes(2));
    begun.removeFirst();
    asked.clear();

    assertThat(calls.look().oldest()).isBetween(Duration.ofSeconds(117), Duration.ofSeconds(121));
    assertThat(asked).hasSizeLessThan(15);
  }

  @Test
  void countsThoseThatNobodyCanApproveAnyMore() {
    began(Duration.ofMinutes(9));
    began(Duration.ofMinutes(8));
    expiring.add(now.minusSeconds(70));
    expiring.add(now.minusSeconds(10)); // of it the end is about to be shown

    assertThat(calls.look().overdue()).isOne();
  }
}
