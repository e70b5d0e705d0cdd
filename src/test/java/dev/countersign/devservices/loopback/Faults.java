package dev.countersign.devservices.loopback;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The faults ordered for the next calls, endpoint by endpoint, first ordered first served. */
public final class Faults {
  private final Map<String, Queue<Fault>> ordered = new HashMap<>();
  private final Map<String, Integer> held = new HashMap<>();
  private CountDownLatch release = new CountDownLatch(1);

  /**
   * @param endpoints names of the endpoints that can misbehave
   */
  public Faults(Set<String> endpoints) {
    endpoints.forEach(endpoint -> ordered.put(endpoint, new ArrayDeque<>()));
  }

  /**
   * Lets the next calls of an endpoint misbehave.
   *
   * @param endpoint one of the server's names
   * @param times number of calls, 1 or more
   * @throws IllegalArgumentException if the endpoint is unknown
   */
  public synchronized void next(String endpoint, int times, Fault fault) {
    if (times < 1) {
      throw new IllegalArgumentException("times must be 1 or more, but is " + times);
    }
    queue(endpoint).addAll(Collections.nCopies(times, fault));
  }

  /**
   * Lets the next calls of an endpoint misbehave, one in each of these ways, in place of every way
   * still ordered for it: no call gets through in between.
   *
   * @param endpoint one of the server's names
   * @throws IllegalArgumentException if the endpoint is unknown
   */
  public synchronized void instead(String endpoint, Fault... faults) {
    queue(endpoint).clear();
    queue(endpoint).addAll(List.of(faults));
  }

  /** Forgets every fault still ordered, and ends every hold. */
  public synchronized void clear() {
    ordered.values().forEach(Queue::clear);
    release.countDown();
    release = new CountDownLatch(1);
  }

  /** Number of calls of this endpoint that are being held at this moment. */
  public synchronized int held(String endpoint) {
    return held.getOrDefault(endpoint, 0);
  }

  synchronized @Nullable Fault take(String endpoint) {
    return queue(endpoint).poll();
  }

  /** Returns when {@code atMost} has passed or the faults were cleared. */
  void hold(String endpoint, Duration atMost) throws InterruptedException {
    CountDownLatch released;
    synchronized (this) {
      held.merge(endpoint, 1, Integer::sum);
      released = release;
    }
    try {
      boolean _ = released.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      synchronized (this) {
        held.merge(endpoint, -1, Integer::sum);
      }
    }
  }

  private Queue<Fault> queue(String endpoint) {
    Queue<Fault> queue = ordered.get(endpoint);
    if (queue == null) {
      throw new IllegalArgumentException(
          "endpoint must be one of " + ordered.keySet() + ", but is " + endpoint);
    }
    return queue;
  }
}
