package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.approval.PollTimes.Pause;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.vault.Sealed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollTimesTest {
  private static final Instant ASKED = Instant.parse("2030-01-01T12:00:00Z");

  /** Seconds: life of the request, interval, time passed, and until when nothing is sent. */
  @ParameterizedTest
  @CsvSource({
    "300, 5, 0.1, 5", // the interval
    "300, 5, 293, 6", // put off to just before expiry
    "6, 5, 0.1, 5", // the interval ends within the last second
    "7, 5, 0.1, 5.9",
    "5, 5, 0.1, 4.9", // no poll is allowed before expiry: the wait ends then
    "3, 5, 0.1, 2.9",
    "300, 5, 299, 1",
    "300, 5, 301, 0",
    "300, 600, 0.1, 299.9"
  })
  void pollsOnceMoreBeforeExpiryIfThePaceAllowsIt(
      double life, double interval, double passed, double until) {
    assertThat(untilFirst(life, interval, passed, null)).isEqualTo(seconds(until));
  }

  /** In ping mode, with a safety interval of 60 s. */
  @ParameterizedTest
  @CsvSource({
    "300, 5, 0.1, 60",
    "60, 5, 0.1, 58.9",
    "30, 5, 0.1, 28.9",
    "6, 5, 0.1, 5",
    "5, 5, 0.1, 4.9",
    "300, 5, 270, 29",
    "300, 100, 0.1, 100"
  })
  void coversALostPingEvenIfTheRequestLivesShorterThanTheSafetyInterval(
      double life, double interval, double passed, double until) {
    assertThat(untilFirst(life, interval, passed, awaited(60))).isEqualTo(seconds(until));
  }

  /** Seconds: when a poll without a ping was answered, and until when nothing is sent. */
  @ParameterizedTest
  @CsvSource({
    "60, 60",
    "120, 60",
    "180, 90",
    "3600, 1800",
    "7200, 3600",
    "72000, 3600",
    "80400, 2000", // a third of what is left
    "86100, 100",
    "86250, 60",
    "86300, 99"
  })
  void looksForALostPingTheMoreRarelyTheFurtherBothEndsAre(double passed, double until) {
    PollTimes times = times(pending(86_400, 5, awaited(60)), passed);
    assertThat(times.untilNext(afterPending(times, passed))).isEqualTo(seconds(until));
  }

  /**
   * Seconds: how much too soon an attempt begins, and what it waits at least and until it polls.
   */
  @ParameterizedTest
  @CsvSource({"0, 0, 0", "-1, 0, 0", "0.2, 0.2, 0", "3, 3, 3"})
  void keepsThePaceThoughAnOperatorHasAnAttemptBeginTooSoon(
      double tooSoon, double least, double until) {
    Pace known =
        Pace.of(Duration.ofSeconds(5), false).yieldedBy(3, ASKED.plus(seconds(100 + tooSoon)));
    PollTimes times = times(pending(3_600, 5, null), 100);
    Pause pause = times.beforeFirst(known, 4);
    assertThat(pause.least()).isEqualTo(seconds(least));
    assertThat(times.untilNext(pause)).isEqualTo(seconds(until));
  }

  @Test
  void pollsAtOnceAfterAPingUnlessAttemptsAreCountedAnew() {
    Notification arrived =
        new Notification("t", "r", Duration.ofSeconds(60), Notification.Stage.ARRIVED);
    PollTimes times = times(pending(300, 5, arrived), 100);
    Pace pace = Pace.of(Duration.ofSeconds(5), true);
    assertThat(times.untilNext(times.beforeFirst(pace, 1))).isZero();
    Pace reset = pace.answered(ASKED.plusSeconds(99)).yieldedBy(2, ASKED.plusSeconds(104));
    assertThat(times.untilNext(times.beforeFirst(reset, 1))).isEqualTo(Duration.ofSeconds(5));
  }

  /** The workflow counts on no poll before the safety interval is over. */
  @Test
  void looksForALostPingNoSoonerThoughAnOperatorHasAnAttemptBeginTooSoon() {
    PollTimes times = times(pending(300, 5, awaited(60)), 20);
    Pause pause = times.beforeFirst(Pace.of(Duration.ofSeconds(5), false), 1);
    assertThat(times.mayPollFrom(pause, times.untilNext(pause))).isEqualTo(ASKED.plusSeconds(80));
    assertThat(times(pending(300, 5, null), 20).mayPollFrom(pause, Duration.ofSeconds(60)))
        .isEqualTo(ASKED.plusSeconds(25));
  }

  @Test
  void looksForALostPingNoMoreOftenThanIsWanted() {
    PollTimes times = times(pending(86_400, 5, awaited(21_600)), 21_600);
    assertThat(times.untilNext(afterPending(times, 21_600))).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void waitsAsLongAsAnUnavailableProviderWantsAlsoNearExpiry() {
    PollTimes times = times(pending(300, 5, null), 280);
    Pause pause =
        times.after(
            new TokenAnswer.Unavailable("503", Duration.ofSeconds(25)),
            Pace.of(Duration.ofSeconds(5), false),
            ASKED.plusSeconds(280));
    assertThat(times.untilNext(pause)).isEqualTo(Duration.ofSeconds(20)); // expiry
  }

  /** Seconds: how long the poll took, what the provider wishes, and until when nothing is sent. */
  @ParameterizedTest
  @CsvSource({"0, 25, 25", "0, 3, 5", "20, 25, 25", "20, 2, 2", "0, 600, 200"})
  void waitsOnceAsLongAsAPendingAnswerWants(double took, double wished, double until) {
    PollTimes times = times(pending(300, 5, null), 100);
    Pause pause =
        times.after(
            new TokenAnswer.Pending(seconds(wished)),
            Pace.of(Duration.ofSeconds(5), false),
            ASKED.plus(seconds(100 - took)));
    assertThat(times.untilNext(pause)).isEqualTo(seconds(until));
  }

  /** What is waited after a poll whose answer came at once. */
  private static Pause afterPending(PollTimes times, double passed) {
    return times.after(
        new TokenAnswer.Pending(),
        Pace.of(Duration.ofSeconds(5), false),
        ASKED.plus(seconds(passed)));
  }

  private static Notification awaited(long safetySeconds) {
    return new Notification(
        "t", "r", Duration.ofSeconds(safetySeconds), Notification.Stage.AWAITED);
  }

  private static Duration untilFirst(
      double life, double interval, double passed, @Nullable Notification notification) {
    PollTimes times = times(pending(life, interval, notification), passed);
    return times.untilNext(times.beforeFirst(Pace.of(seconds(interval), false), 1));
  }

  private static PollTimes times(PendingApproval pending, double passed) {
    Clock clock = Clock.fixed(ASKED.plus(seconds(passed)), ZoneOffset.UTC);
    return new PollTimes(pending, PaymentWorld.polling(), clock);
  }

  private static PendingApproval pending(
      double life, double interval, @Nullable Notification notification) {
    return new PendingApproval(
        new ApprovalRequest("alice", "Buy", List.of("openid"), null, null, seconds(life)),
        new Sealed("k1", "sealed"),
        ASKED,
        ASKED.plus(seconds(life)),
        seconds(interval),
        notification);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
