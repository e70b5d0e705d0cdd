package dev.countersign.lease;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The holder's side of a lease. */
@ActivityInterface
public interface LeaseActivities {
  /** The type of the activity that runs for as long as the lease is held. */
  String HOLD = "HoldLease";

  /** Holds the lease until the process gives it back; ends by its heartbeats' end otherwise. */
  @ActivityMethod(name = HOLD)
  void hold();
}
