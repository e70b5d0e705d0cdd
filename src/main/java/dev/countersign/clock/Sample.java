package dev.countersign.clock;

/**
 * One look at another machine's clock: how far that clock was ahead of this process's monotonic
 * one, at least and at most.
 *
 * @param least nanoseconds
 * @param most nanoseconds
 * @param local how far this machine's own clock was ahead of the monotonic one, nanoseconds
 */
record Sample(long least, long most, long local) {

  boolean contains(long ahead) {
    return least <= ahead && ahead <= most;
  }
}
