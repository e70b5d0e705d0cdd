package dev.countersign.app.call;

import java.util.List;

/**
 * What goes on of a user's.
 *
 * @param calls the oldest first, at most 100
 * @param waiting how many wait for the user's decision. Beyond the 100 that are shown, all that go
 *     on count, up to 1,000, as Temporal lists them
 */
record OpenCalls(List<CallView> calls, int waiting) {
  OpenCalls {
    calls = List.copyOf(calls);
  }
}
