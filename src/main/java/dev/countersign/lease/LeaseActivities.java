package dev.countersign.lease;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The holder's side of a lease. */
@ActivityInterface
public interface LeaseActivities {

  /** Holds the lease until the process gives it back; ends by its heartbeats' end otherwise. */
  @ActivityMethod(name = "HoldLease")
  void hold();
}
