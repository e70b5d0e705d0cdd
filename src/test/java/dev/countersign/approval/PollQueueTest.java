package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.approval.PollQueue.Place;
import dev.countersign.approval.PollQueue.Turn;
import dev.countersign.lease.Replicas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In real time, with turns 20 ms apart unless said. */
@Timeout(30)
class PollQueueTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final int BLOCKING_TURN_MILLIS = 400;

  /** A machine that stalls for less misses no end. */
  private static final Duration LONG_LAST_POLL = Duration.ofSeconds(10);

  private final SwitchedLease lease = new SwitchedLease();
  private PollQueue queue = new PollQueue(50, lease);

  @Test
  void spacesRequestsThatComeTogetherEvenly() throws InterruptedException {
    long started = System.nanoTime();
    List<Place> places = enqueue(6, LONG);
    for (Place place : places) {
      assertThat(place.await()).isEqualTo(Turn.TAKEN);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isGreaterThanOrEqualTo(Duration.ofMillis(90));
  }

  @Test
  void tellsHowManyPollsAreOverdue() throws InterruptedException {
    queue = new PollQueue(0.05, lease); // the next turn is 20 s away
    assertThat(queue.load()).isEqualTo(new PollLoad(0, Duration.ZERO));
    assertThat(due(LONG).await()).isEqualTo(Turn.TAKEN);
    List<Place> late = enqueue(3, LONG);
    queue.enqueue(LONG, LONG, LONG.multipliedBy(2), INTERVAL); // not due yet

    assertThat(queue.load().overdue()).isEqualTo(3);
    assertThat(queue.load().longest()).isPositive();
    late.forEach(Place::withdraw);
    assertThat(queue.load()).isEqualTo(new PollLoad(0, Duration.ZERO));
  }

  @Test
  void countsRequestsThatDoNotWait() throws InterruptedException {
    long started = System.nanoTime();
    for (int request = 0; request < 10; request++) {
      queue.count();
    }
    assertThat(due(LONG).await()).isEqualTo(Turn.TAKEN);
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isGreaterThanOrEqualTo(Duration.ofMillis(150));
  }

  @Test
  void givesTheTurnOfAWaitThatEndedToTheNextOne() throws InterruptedException {
    queue = slow();
    Place first = due(LONG);
    assertThat(first.await()).isEqualTo(Turn.TAKEN);
    List<Place> gone = enqueue(20, LONG);
    Place last = due(LONG);
    long started = System.nanoTime();
    gone.forEach(Place::withdraw);
    assertThat(last.await()).isEqualTo(Turn.TAKEN);
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isLessThan(Duration.ofMillis(10L * BLOCKING_TURN_MILLIS)); // else 21 turns
    assertThat(gone.getLast().await()).isEqualTo(Turn.WITHDRAWN);
  }

  @Test
  void givesATurnBackThatWasNotUsed() throws InterruptedException {
    queue = new PollQueue(0.05, lease); // 20 s apart
    Place unused = due(LONG);
    assertThat(unused.await()).isEqualTo(Turn.TAKEN);
    unused.giveBack();
    assertThat(due(LONG).await()).isEqualTo(Turn.TAKEN);
  }

  @Test
  void handsOutNothingWhileTheLeaseIsNotHeld() throws InterruptedException {
    lease.isHeld = false;
    assertThat(due(Duration.ofMillis(200)).await()).isEqualTo(Turn.TOO_LATE);
    Place waiting = due(LONG);
    lease.isHeld = true;
    assertThat(waiting.await()).isEqualTo(Turn.TAKEN);
  }

  @Test
  void sharesTheBudgetWithTheOtherProcesses() throws InterruptedException {
    lease.replicas = new Replicas(4, true);
    long started = System.nanoTime();
    List<Place> places = enqueue(4, LONG);
    for (Place place : places) {
      assertThat(place.await()).isEqualTo(Turn.TAKEN);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isGreaterThanOrEqualTo(Duration.ofMillis(3 * 4 * 20 - 10));
  }

  @Test
  void handsOutNothingBeforeTheOthersCountThisProcess() throws InterruptedException {
    lease.replicas = new Replicas(2, false);
    assertThat(due(Duration.ofMillis(200)).await()).isEqualTo(Turn.TOO_LATE);
    Place waiting = due(LONG);
    lease.replicas = new Replicas(2, true);
    assertThat(waiting.await()).isEqualTo(Turn.TAKEN);
  }

  /**
   * A thousand are due at once, 20 s of turns, and ten whose last poll comes meanwhile: each of
   * these gets its turn before its end.
   */
  @Test
  void keepsATurnForEachRequestBeforeItsEnd() throws InterruptedException {
    queue = new PollQueue(50, lease, LONG_LAST_POLL);
    List<Place> others = enqueue(1_000, LONG);
    List<Place> ending = new ArrayList<>();
    for (int request = 0; request < 10; request++) {
      Duration untilLast = Duration.ofMillis(600 + 10L * request);
      ending.add(queue.enqueue(Duration.ZERO, untilLast, untilLast.plus(LONG_LAST_POLL), INTERVAL));
    }
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch answered = new CountDownLatch(ending.size());
    for (int request = 0; request < ending.size(); request++) {
      int number = request;
      Thread.startVirtualThread(() -> {
        if (turnOf(ending.get(number)) == Turn.TAKEN) {
          order.add(number);
        }
        answered.countDown();
      });
    }
    assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    others.forEach(Place::withdraw);
  }

  /** Its pace allows one poll: one that is late is worth most just before the end. */
  @Test
  void putsAPollOffThatWouldBeTheLast() throws InterruptedException {
    queue = new PollQueue(50, lease, LONG_LAST_POLL);
    Duration left = LONG_LAST_POLL.plusMillis(800);
    long started = System.nanoTime();
    assertThat(queue.enqueue(Duration.ZERO, Duration.ZERO, left, LONG).await())
        .isEqualTo(Turn.TAKEN);
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isBetween(Duration.ofMillis(700), left);
  }

  private PollQueue slow() {
    return new PollQueue(1_000.0 / BLOCKING_TURN_MILLIS, lease);
  }

  private Place due(Duration left) {
    return queue.enqueue(Duration.ZERO, Duration.ZERO, left, Duration.ZERO);
  }

  private List<Place> enqueue(int requests, Duration left) {
    List<Place> places = new ArrayList<>();
    for (int request = 0; request < requests; request++) {
      places.add(due(left));
    }
    return places;
  }

  private static Turn turnOf(Place place) {
    try {
      return place.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
