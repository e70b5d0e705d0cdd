package dev.countersign.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RemoteClockTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.300Z");
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);
  private static final Duration ROUND_TRIP = Duration.ofMillis(80);

  private final Machine here = new Machine();
  private final RemoteClock clock =
      new RemoteClock("there", () -> here.time, MAX_SKEW, () -> here.nanos);

  /** This machine, whose two clocks only the test moves. */
  private static final class Machine {
    Instant time = NOON;
    long nanos = Long.MAX_VALUE - 1_000_000_000; // it may overflow

    void passes(Duration duration) {
      time = time.plus(duration);
      nanos += duration.toNanos();
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void knowsTheTimeThereWithinASecondWhateverTheSkew(long seed) {
    Random random = new Random(seed);
    Duration skew = Duration.ofMillis(random.nextLong(-90_000, 90_001));
    int odd = random.nextInt(4); // of up to 8 answers
    int answers = 2 * odd + 1 + random.nextInt(3);
    for (int answer = 0; answer < answers; answer++) {
      boolean isOdd = answer % 2 == 1 && answer / 2 < odd;
      here.passes(Duration.ofMillis(random.nextLong(10_000)));
      Duration there = isOdd ? skew.minusSeconds(10 + random.nextInt(100_000)) : skew;
      answers(there, Duration.ofMillis(random.nextLong(400)), random.nextDouble());
    }
    here.passes(Duration.ofSeconds(random.nextLong(600)));

    assertThat(skew()).isBetween(skew.minusMillis(800), skew.plusMillis(800));
    assertThat(Duration.between(here.time, clock.instant())).isEqualTo(skew());
    assertThat(clock.fault()).isNull();
  }

  @Test
  void isThisMachinesUntilAnAnswerTells() {
    assertThat(clock.instant()).isEqualTo(NOON);
    assertThat(clock.skew()).isNull();
    assertThat(clock.remark()).isNull();
    assertThat(clock.fault()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "200, , ",
    "200, yesterday, ",
    "200, 'Tue, 24 Nov 9999 11:59:00 GMT', ",
    "200, 'Tue, 24 Nov 2026 11:00:00 GMT', 3600",
    "502, 'Tue, 24 Nov 2026 11:00:00 GMT', "
  })
  void learnsNothingFromAnAnswerThatMayNotTellTheTime(
      int status, @Nullable String date, @Nullable String age) {
    clock.observeAnswer(status, date, age, here.nanos, here.nanos);

    assertThat(clock.skew()).isNull();
  }

  @Test
  void learnsNothingFromAnAnswerThatTookLong() {
    answers(Duration.ofMinutes(1), Duration.ofSeconds(30), 0.5);

    assertThat(clock.skew()).isNull();
  }

  @Test
  void takesTheLaterTimeWhereTwoAnswersContradict() {
    answers(Duration.ofHours(-1), ROUND_TRIP, 0.5); // one that somebody kept
    answers(Duration.ofSeconds(3), ROUND_TRIP, 0.5);

    assertThat(skew()).isBetween(Duration.ofMillis(2_400), Duration.ofMillis(3_600));
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, -60, -2})
  void staysRightWhenThisMachinesClockIsSetBack(long seconds) {
    answers(Duration.ofSeconds(7), ROUND_TRIP, 0.5);
    Instant there = clock.instant();
    here.time = here.time.plusSeconds(seconds);

    assertThat(clock.instant()).isEqualTo(there);
  }

  @Test
  void staysRightWhenThisMachineSlept() {
    answers(Duration.ofSeconds(7), ROUND_TRIP, 0.5);
    Instant there = clock.instant();
    here.time = here.time.plusSeconds(3_600); // the monotonic clock stood still

    assertThat(clock.instant()).isEqualTo(there.plusSeconds(3_600));
  }

  @Test
  void isRightFromTheFirstAnswerOnAfterThisMachinesClockWasSet() {
    for (int answer = 0; answer < 8; answer++) {
      answers(Duration.ofSeconds(400), ROUND_TRIP, 0.5);
    }
    assertThat(clock.fault()).isNotNull();
    here.time = here.time.plusSeconds(400);
    answers(Duration.ZERO, ROUND_TRIP, 0.5);

    assertThat(skew()).isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(1));
    assertThat(clock.fault()).isNull();
  }

  @Test
  void warnsOnceAboutADifferenceThatIsAllowedFor(CapturedOutput output) {
    String sentence =
        "The clock of this machine is 60 s behind that of there: it is allowed for, but set the clock"
            + " right";
    for (int answer = 0; answer < 3; answer++) {
      answers(Duration.ofMinutes(1), ROUND_TRIP, 0.5);
    }

    assertThat(clock.remark()).isEqualTo(sentence);
    assertThat(clock.fault()).isNull();
    assertThat(output.getOut()).containsOnlyOnce(sentence);
  }

  @Test
  void saysSoWhenTheClockIsRightAgain(CapturedOutput output) {
    answers(Duration.ofMinutes(-1), ROUND_TRIP, 0.5);
    assertThat(clock.remark()).contains("is 60 s ahead of that of there");
    here.time = here.time.minusSeconds(60);
    answers(Duration.ZERO, ROUND_TRIP, 0.5);

    assertThat(clock.remark()).isNull();
    assertThat(output.getOut()).contains("The clock of this machine is right again");
  }

  @Test
  void saysNothingOfADifferenceThatMayBeNone(CapturedOutput output) {
    answers(Duration.ofMillis(1_400), ROUND_TRIP, 0.5);

    assertThat(clock.remark()).isNull();
    assertThat(output.getOut()).doesNotContain("The clock of this machine");
  }

  @ParameterizedTest
  @CsvSource({"302, behind", "-302, ahead of"})
  void refusesMoreThanTheSettingOnceTwoAnswersAgree(long seconds, String direction) {
    String sentence =
        "The clock of this machine is 302 s "
            + direction
            + " that of there, more than countersign.clock.max-skew (COUNTERSIGN_CLOCK_MAXSKEW)"
            + " allows, 300 s: set the clock right";
    answers(Duration.ofSeconds(seconds), ROUND_TRIP, 0.5);
    assertThat(clock.remark()).isEqualTo(sentence);
    assertThat(clock.fault()).isNull();
    answers(Duration.ofSeconds(seconds), ROUND_TRIP, 0.5);

    assertThat(clock.fault()).isEqualTo(sentence);
  }

  /** After an outage all that had waited in the server's line comes at once. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 100})
  void isNotSetBackByWhatArrivesLate(int late) {
    startsAt(Duration.ofSeconds(7), Duration.ofMillis(20));
    here.passes(Duration.ofMinutes(30));
    for (int start = 0; start < late; start++) {
      here.passes(Duration.ofMillis(300));
      startsAt(Duration.ofSeconds(7), Duration.ofSeconds(15 + start % 15));
    }

    assertThat(skew()).isBetween(Duration.ofMillis(6_500), Duration.ofMillis(7_500));
  }

  @Test
  void isRightFromTheFirstStartOnThatComesInTime() {
    startsAt(Duration.ofSeconds(7), Duration.ofSeconds(20));
    here.passes(Duration.ofSeconds(1));
    startsAt(Duration.ofSeconds(7), Duration.ofMillis(20));

    assertThat(skew()).isBetween(Duration.ofMillis(6_500), Duration.ofMillis(7_500));
  }

  @Test
  void followsTheClockThatSomebodySetBackThereAfterTwoMinutes() {
    startsAt(Duration.ofSeconds(60), Duration.ofMillis(20));
    for (int start = 0; start < 26; start++) {
      here.passes(Duration.ofSeconds(5));
      startsAt(Duration.ofSeconds(1), Duration.ofMillis(20));
    }

    assertThat(skew()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
  }

  @Test
  void isRightFromTheFirstStartOnAfterThisMachinesClockWasSet() {
    startsAt(Duration.ofSeconds(400), Duration.ofMillis(20));
    here.time = here.time.plusSeconds(400);
    startsAt(Duration.ZERO, Duration.ofMillis(20));

    assertThat(skew()).isBetween(Duration.ofMillis(-500), Duration.ofMillis(500));
  }

  /** The server dates a task by its clock, and it comes so much later. */
  private void startsAt(Duration ahead, Duration later) {
    clock.observeStart(here.time.plus(ahead).minus(later), here.nanos);
  }

  private Duration skew() {
    return Objects.requireNonNull(clock.skew());
  }

  /**
   * An answer of a machine whose clock is so far ahead.
   *
   * @param written when, of the time that the answer takes: 0 at its beginning, 1 at its end
   */
  private void answers(Duration ahead, Duration took, double written) {
    long sentAt = here.nanos;
    Instant date = here.time.plus(ahead).plusNanos((long) (took.toNanos() * written));
    here.passes(took);
    clock.observeAnswer(
        200,
        DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atZone(ZoneOffset.UTC)),
        null,
        sentAt,
        here.nanos);
  }
}
