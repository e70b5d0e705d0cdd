package dev.countersign.guard;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** How the news of a call reach those who listen. */
@ActivityInterface
public interface ListenerActivities {
  /** Type of {@link #tell}, as in histories. */
  String TELL = "TellListeners";

  /** Tells all listeners; fails if one of them did. */
  @ActivityMethod(name = TELL)
  void tell(CallNews news);
}
