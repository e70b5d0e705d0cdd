package dev.countersign.app.chat.conversation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was to be deleted. */
public final class RecordedDeletion implements DeletionActivities {
  private final List<LastRun> runs = new CopyOnWriteArrayList<>();

  public List<LastRun> runs() {
    return List.copyOf(runs);
  }

  @Override
  public void deleteRuns(LastRun lastRun) {
    runs.add(lastRun);
  }
}
