package dev.countersign.approval;

import dev.countersign.lease.Lease;
import dev.countersign.lease.Replicas;

/** A lease as a test wants it; at first it is held, in its first term. */
final class SwitchedLease implements Lease {
  volatile boolean isHeld = true;
  volatile long term = 1;
  volatile Replicas replicas = Replicas.ALONE;

  @Override
  public boolean isHeld() {
    return isHeld;
  }

  @Override
  public long term() {
    return term;
  }

  @Override
  public Replicas replicas() {
    return replicas;
  }
}
