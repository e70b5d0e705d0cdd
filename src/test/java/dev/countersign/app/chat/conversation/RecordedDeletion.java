package dev.countersign.app.chat.conversation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Remembers what was to be deleted. */
public final class RecordedDeletion implements DeletionActivities {
  private final List<LastRun> runs = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch latch = new CountDownLatch(0);

  /** Deletes nothing until then. */
  void holds(CountDownLatch until) {
    latch = until;
  }

  public List<LastRun> runs() {
    return List.copyOf(runs);
  }

  @Override
  public void deleteRuns(LastRun lastRun) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("It was held too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    runs.add(lastRun);
  }
}
