package dev.countersign.app.call;

import java.util.List;

/**
 * What goes on of a user's.
 *
 * @param calls the oldest first, at most 100
 * @param waiting how many of them wait for the user's decision
 * @param more whether younger ones go on than are shown
 */
record OpenCalls(List<CallView> calls, int waiting, boolean more) {
  OpenCalls {
    calls = List.copyOf(calls);
  }
}
