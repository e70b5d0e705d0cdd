package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many a process tells something at a time. */
@Timeout(60)
class ListenerActivitiesTest {
  private static final int MOST = 50;

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger telling = new AtomicInteger();
  private final ListenerActivities activities =
      new ListenerActivitiesImpl(() -> List.of(this::hang));

  private void hang(CallNews news) throws InterruptedException {
    telling.incrementAndGet();
    over.await();
  }

  @Test
  void leaveMostOfAWorkersSlotsToTheCalls() {
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int told = 0; told < MOST; told++) {
        workers.execute(() -> activities.tell(NewsFixtures.ended()));
      }
      await().until(() -> telling.get() == MOST);

      assertThatExceptionOfType(ApplicationFailure.class)
          .isThrownBy(() -> activities.tell(NewsFixtures.ended()))
          .satisfies(failure -> {
            assertThat(failure.getType()).isEqualTo("ListenersBusy");
            assertThat(failure.isNonRetryable()).isFalse();
            assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(1));
          });
      assertThat(telling).hasValue(MOST);
      over.countDown();
    }

    assertThatCode(() -> activities.tell(NewsFixtures.ended())).doesNotThrowAnyException();
    assertThat(telling).hasValue(MOST + 1);
  }
}
