package dev.countersign.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {
  private static final Duration SHORT = Duration.ofMillis(5);
  private static final Duration NEVER = Duration.ofDays(1);

  private final AtomicInteger times = new AtomicInteger();

  @Test
  void goesOnAfterAFailure() {
    Runnable failing =
        () -> {
          times.incrementAndGet();
          throw new IllegalStateException("this time");
        };

    try (var _ = new PeriodicTask("failing", SHORT, failing).start()) {
      await().until(() -> times.get() >= 3);
    }
  }

  @Test
  void beginsAtOnceWhenItIsToldTo() {
    try (var _ = new PeriodicTask("now", NEVER, times::incrementAndGet).startNow();
        var _ = new PeriodicTask("later", NEVER, () -> times.addAndGet(100)).start()) {
      await().until(() -> times.get() > 0);

      assertThat(times).hasValue(1);
    }
  }

  @Test
  void runsOnADaemonThreadOfItsName() {
    List<Thread> threads = new CopyOnWriteArrayList<>();

    try (var _ =
        new PeriodicTask("its-name", NEVER, () -> threads.add(Thread.currentThread())).startNow()) {
      await().until(() -> !threads.isEmpty());
    }

    assertThat(threads.getFirst().getName()).isEqualTo("its-name");
    assertThat(threads.getFirst().isDaemon()).isTrue();
  }

  @Test
  void interruptsWhatIsUnderWayWhenItEnds() {
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    Runnable endless =
        () -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.set(true);
            Thread.currentThread().interrupt();
          }
        };

    PeriodicTask task = new PeriodicTask("endless", SHORT, endless).startNow();
    await().until(() -> begun.getCount() == 0);
    task.close();

    await().untilTrue(interrupted);
  }
}
