package dev.countersign.guard;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners of this process, none of which keeps another one from being told. */
public final class ListenerActivitiesImpl implements ListenerActivities {
  private static final Logger log = LoggerFactory.getLogger(ListenerActivitiesImpl.class);

  /** Slow listeners must leave most of a worker's 200 slots to the calls themselves. */
  private static final int MOST_AT_ONCE = 50;

  private static final Duration WHILE_BUSY = Duration.ofSeconds(1);

  private final Supplier<List<CallListener>> listeners;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);

  /**
   * Of this process.
   *
   * @param listeners asked whenever there are news
   */
  public ListenerActivitiesImpl(Supplier<List<CallListener>> listeners) {
    this.listeners = listeners;
  }

  @Override
  public void tell(CallNews news) {
    if (!free.tryAcquire()) {
      throw ApplicationFailure.newBuilder()
          .setMessage("The listeners of this process are all being told something")
          .setType("ListenersBusy")
          .setNextRetryDelay(WHILE_BUSY)
          .build();
    }
    try {
      tellAll(news);
    } finally {
      free.release();
    }
  }

  private void tellAll(CallNews news) {
    List<CallListener> all = listeners.get();
    if (all.isEmpty()) { // one where the call was made has some
      throw ApplicationFailure.newFailure("This process has no listeners", "NoListeners");
    }
    List<String> failed = new ArrayList<>();
    for (CallListener listener : all) {
      try {
        listener.told(news);
      } catch (Exception e) {
        String name = listener.getClass().getName();
        log.warn("{} failed when told of {}: {}", name, news.call().id(), FailureText.where(e));
        failed.add(name + " with " + FailureText.kind(e));
      }
    }
    if (!failed.isEmpty()) { // without causes: their messages may hold anything
      throw ApplicationFailure.newFailure(
          "Failed when told: " + String.join(", ", failed), "ListenerFailed");
    }
  }
}
