package dev.countersign.clock;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of another machine, as far as its answers tell; before the first one, this machine's.
 * What is measured is kept relative to the monotonic clock, so that it stays true when somebody
 * sets this machine's clock. Thread-safe.
 */
public final class RemoteClock implements InstantSource {
  /** A difference that is worth a warning. */
  static final Duration NOTICEABLE = Duration.ofSeconds(2);

  /** As precise as the {@code Date} of an answer (RFC 9110 5.6.7). */
  private static final Duration DATE_PRECISION = Duration.ofSeconds(1);

  /** When the date of an answer that took longer was written is anybody's guess. */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

  /** What one machine says at different times; few, so that a clock that was set is soon known. */
  private static final int SAMPLES = 8;

  /** Both clocks of a machine go on alike, unless one was set, or the machine slept. */
  private static final Duration JUMP = Duration.ofSeconds(1);

  /** Until 2262, when nanoseconds no longer fit into a long. */
  private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000;

  private static final Logger log = LoggerFactory.getLogger(RemoteClock.class);

  private final String machine;
  private final InstantSource local;
  private final LongSupplier nanoTime;
  private final long started;
  private final Duration maxSkew;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private final LatestStart starts = new LatestStart();
  private @Nullable Sample last;
  private volatile @Nullable Estimate estimate;
  private volatile @Nullable WrittenDate lastDate;
  private boolean told;
  private boolean toldExcessive;

  private record WrittenDate(String text, Instant time) {}

  /**
   * The clock of a machine that hasn't answered yet.
   *
   * @param machine what it is called in messages
   * @param local this machine's clock
   * @param maxSkew the largest difference that {@link #fault} allows
   */
  public RemoteClock(String machine, InstantSource local, Duration maxSkew) {
    this(machine, local, maxSkew, System::nanoTime);
  }

  RemoteClock(String machine, InstantSource local, Duration maxSkew, LongSupplier nanoTime) {
    this.machine = machine;
    this.local = local;
    this.maxSkew = maxSkew;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
  }

  /**
   * Takes note of what an HTTP answer says. One without a date is ignored, as are those that came
   * from a cache ({@code Age}), took more than 5 s, or tell of a failure: a proxy may have written
   * them.
   *
   * @param status of the answer
   * @param date its header {@code Date}; null: it has none
   * @param age its header {@code Age}; null: it has none
   * @param sentAt {@link System#nanoTime} when the request was sent
   * @param receivedAt the same when the answer came
   */
  public void observeAnswer(
      int status, @Nullable String date, @Nullable String age, long sentAt, long receivedAt) {
    if (status >= 500 || date == null || (age != null && !age.strip().equals("0"))) {
      return;
    }
    try {
      observe(read(date), DATE_PRECISION, sentAt, receivedAt);
    } catch (DateTimeException e) {
      log.debug("{} dates an answer \"{}\"", machine, date);
    }
  }

  /** All answers of one second have the same date. */
  private Instant read(String date) {
    WrittenDate before = lastDate;
    if (before != null && before.text().equals(date)) {
      return before.time();
    }
    Instant time =
        ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    lastDate = new WrittenDate(date, time);
    return time;
  }

  /**
   * Takes note of one look at that clock.
   *
   * @param remote what it showed at some time between the two
   * @param precision how much of the time is cut off there
   * @param sentAt {@link System#nanoTime} before it was looked at
   * @param receivedAt the same afterwards
   */
  public void observe(Instant remote, Duration precision, long sentAt, long receivedAt) {
    if (receivedAt - sentAt > LONGEST_ANSWER.toNanos()
        || Math.abs(remote.getEpochSecond()) >= MOST_SECONDS) {
      return;
    }
    add(sample(remote, precision, sentAt, receivedAt));
  }

  /**
   * Takes note of when something was sent from there, which may have been under way for any time.
   * Of one machine either such dates or looks ({@link #observe}, {@link #observeAnswer}) are noted.
   *
   * @param remote what that clock showed when it was sent
   * @param receivedAt {@link System#nanoTime} when it came
   */
  public void observeStart(Instant remote, long receivedAt) {
    if (Math.abs(remote.getEpochSecond()) < MOST_SECONDS) {
      addStart(sample(remote, Duration.ZERO, receivedAt, receivedAt), receivedAt - started);
    }
  }

  private Sample sample(Instant remote, Duration precision, long sentAt, long receivedAt) {
    long shown = nanos(remote);
    return new Sample(
        shown - (receivedAt - started),
        shown + precision.toNanos() - (sentAt - started),
        nanos(local.instant()) - monotonic());
  }

  private synchronized void add(Sample sample) {
    forgetBeforeJump(sample);
    samples.addLast(sample);
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
    estimate = Estimate.of(samples);
    tell();
  }

  private synchronized void addStart(Sample sample, long at) {
    forgetBeforeJump(sample);
    estimate = starts.add(sample, at);
    tell();
  }

  private void forgetBeforeJump(Sample sample) {
    if (last != null && Math.abs(sample.local() - last.local()) > JUMP.toNanos()) {
      samples.clear(); // the monotonic clock may have stood still
      starts.clear();
    }
    last = sample;
  }

  private void tell() {
    Duration skew = skew();
    if (skew == null) {
      return;
    }
    boolean excessive = isExcessive(skew);
    if (isNoticeable(skew) && (!told || excessive != toldExcessive)) {
      String sentence = sentence(skew);
      if (excessive) {
        log.error(sentence);
      } else {
        log.warn(sentence);
      }
      told = true;
      toldExcessive = excessive;
    } else if (told && skew.abs().multipliedBy(2).compareTo(NOTICEABLE) < 0) {
      log.info("The clock of this machine is right again, as far as {} tells", machine);
      told = false;
    }
  }

  /** The time there. */
  @Override
  public Instant instant() {
    Instant here = local.instant();
    Estimate known = estimate;
    return known == null ? here : here.plusNanos(skew(known, here));
  }

  /** The same as a clock in UTC. */
  public Clock asClock() {
    return withZone(ZoneOffset.UTC);
  }

  /**
   * How far that clock is ahead of this machine's; negative: behind; null: no answer has told yet.
   */
  public @Nullable Duration skew() {
    Estimate known = estimate;
    return known == null ? null : Duration.ofNanos(skew(known, local.instant()));
  }

  /**
   * Where this machine's clock has moved on by more than the monotonic one, the machine may have
   * slept, and the other clock has moved on too.
   */
  private long skew(Estimate known, Instant here) {
    long local = nanos(here);
    long byMonotonic = known.ahead() + monotonic() - local;
    long byLocal = known.ahead() - known.local();
    return Math.max(byMonotonic, byLocal);
  }

  /** What is worth saying of the difference; null: nothing. */
  public @Nullable String remark() {
    Duration skew = skew();
    return skew == null || !isNoticeable(skew) ? null : sentence(skew);
  }

  /**
   * Why nothing that was dated there can be accepted; null: it can. One odd answer is no reason.
   */
  public @Nullable String fault() {
    Estimate known = estimate;
    if (known == null || known.agreeing() < 2) {
      return null;
    }
    Duration skew = Duration.ofNanos(skew(known, local.instant()));
    return isExcessive(skew) ? sentence(skew) : null;
  }

  /** What the machine is called in messages. */
  public String machine() {
    return machine;
  }

  private static boolean isNoticeable(Duration skew) {
    return skew.abs().compareTo(NOTICEABLE) > 0;
  }

  private boolean isExcessive(Duration skew) {
    return skew.abs().compareTo(maxSkew) > 0;
  }

  private String sentence(Duration skew) {
    return "The clock of this machine is %d s %s that of %s"
            .formatted(
                skew.abs().plusMillis(500).toSeconds(),
                skew.isNegative() ? "ahead of" : "behind",
                machine)
        + (isExcessive(skew)
            ? ", more than countersign.clock.max-skew (COUNTERSIGN_CLOCK_MAXSKEW) allows, "
                + maxSkew.toSeconds()
                + " s: set the clock right"
            : ": it is allowed for, but set the clock right");
  }

  private long monotonic() {
    return nanoTime.getAsLong() - started;
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
