package dev.countersign.lease;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;

/** What other processes do when one is gone. */
@ActivityInterface
public interface TakeOverActivities {

  /**
   * Frees the work of a process that is gone.
   *
   * @param holder identity of the process at Temporal
   * @param quietSince since when it has begun nothing
   * @return how many pieces of work were freed
   */
  @ActivityMethod(name = "TakeOver")
  int takeOver(String holder, Instant quietSince);
}
