package dev.countersign.clock;

import java.util.Collection;

/**
 * What several looks at another machine's clock say together.
 *
 * @param ahead how far that clock is ahead of the monotonic one, nanoseconds
 * @param local how far this machine's own was when it was last looked at, nanoseconds
 * @param agreeing how many looks say so
 */
record Estimate(long ahead, long local, int agreeing) {

  /**
   * The middle of where most looks agree (Marzullo's algorithm), so that single odd answers don't
   * count. Where as many say one thing as another, the later time: an answer that was kept
   * somewhere has an old date, never one that is to come.
   *
   * @param samples at least one, the newest last
   */
  static Estimate of(Collection<Sample> samples) {
    long from = 0;
    long to = 0;
    int most = 0;
    long local = 0;
    for (Sample candidate : samples) {
      long start = candidate.least();
      int agreeing = 0;
      long end = Long.MAX_VALUE;
      for (Sample sample : samples) {
        if (sample.contains(start)) {
          agreeing++;
          end = Math.min(end, sample.most());
        }
      }
      if (agreeing > most || (agreeing == most && start > from)) {
        most = agreeing;
        from = start;
        to = end;
      }
      local = candidate.local();
    }
    return new Estimate(from + (to - from) / 2, local, most);
  }
}
