package dev.countersign.app.edge;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Bounds the requests with a body that a user has under way: what is read of a body takes several
 * times its length of memory, for as long as its sender takes.
 */
final class BodiesAtOnce {
  static final int MOST = 32;

  private final ConcurrentMap<String, Integer> underWay = new ConcurrentHashMap<>();

  /** Counts one more, unless there are as many as may be; whatever was counted has to be ended. */
  boolean begin(String sub) {
    boolean[] counted = {false};
    underWay.compute(
        sub,
        (_, before) -> {
          int count = before == null ? 0 : before;
          counted[0] = count < MOST;
          return counted[0] ? count + 1 : count;
        });
    return counted[0];
  }

  /** One is over. */
  void end(String sub) {
    underWay.computeIfPresent(sub, (_, count) -> count == 1 ? null : count - 1);
  }
}
