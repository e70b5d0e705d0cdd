package dev.countersign.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LastKnownTest {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
  private final AtomicInteger looks = new AtomicInteger();

  private LastKnown<Integer> known(Supplier<Integer> look) {
    return new LastKnown<>("test", EVERY, look, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void looksBesideWhoeverAsksAndNotTooOften() {
    LastKnown<Integer> known = known(looks::incrementAndGet);

    await().until(() -> Integer.valueOf(1).equals(known.get()));
    pass(EVERY.minusNanos(1));
    assertThat(known.get()).isOne();
    pass(Duration.ofNanos(1));

    await().until(() -> Integer.valueOf(2).equals(known.get()));
    assertThat(looks).hasValue(2);
  }

  @Test
  void waitsForNobodyThatDoesNotAnswer() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    LastKnown<Integer> known =
        known(() -> {
          looks.incrementAndGet();
          try {
            answers.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return 7;
        });

    assertThat(known.get()).isNull();
    await().untilAtomic(looks, is(1));
    pass(EVERY.multipliedBy(2));
    assertThat(known.get()).isNull();
    assertThat(looks).hasValue(1); // one look at a time
    answers.countDown();

    await().until(() -> known.get() != null);
  }

  /** Prometheus asks once a minute, unless it is told otherwise. */
  @Test
  void knowsForWhoeverAsksSeldom() {
    LastKnown<Integer> known = known(looks::incrementAndGet);
    await().until(() -> known.get() != null);

    for (int minute = 1; minute <= 3; minute++) {
      pass(Duration.ofMinutes(1));
      assertThat(known.get()).isEqualTo(minute);
      int next = minute + 1;
      await().until(() -> Integer.valueOf(next).equals(known.get()));
    }
  }

  /** An old number would be a lie. */
  @Test
  void forgetsWhatIsTooOld() {
    LastKnown<Integer> known = known(looks::incrementAndGet);
    await().until(() -> known.get() != null);

    pass(Duration.ofMinutes(5).plusNanos(1));

    assertThat(known.get()).isNull();
    await().until(() -> Integer.valueOf(2).equals(known.get()));
  }

  @Test
  void forgetsWhatNobodyHasConfirmedFourTimes() {
    LastKnown<Integer> known =
        known(() -> {
          int look = looks.incrementAndGet();
          if (look > 1 && look < 6) {
            throw new IllegalStateException("Temporal is away");
          }
          return look;
        });
    await().until(() -> known.get() != null);

    for (int look = 2; look <= 4; look++) {
      pass(EVERY);
      int next = look;
      await().until(() -> Integer.valueOf(1).equals(known.get()) && looks.get() == next);
    }
    pass(EVERY);

    await().until(() -> known.get() == null);
    pass(EVERY);
    await().until(() -> Integer.valueOf(6).equals(known.get()));
  }
}
