package dev.countersign.app.chat.tool;

import dev.countersign.guard.CallFilter;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.GuardedCalls;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The calls of one user, as a conversation sees them: those that Temporal lists, and its own, which
 * the list may not know yet.
 */
final class OwnCalls {
  /** So many are looked through for a reference: nobody has more pending ones. */
  private static final int LOOKED_THROUGH = 1_000;

  private final GuardedCalls calls;
  private final String userID;
  private final List<String> conversations;

  /**
   * Makes the view.
   *
   * @param conversations ids of the conversation's own calls, oldest first
   */
  OwnCalls(GuardedCalls calls, String userID, List<String> conversations) {
    this.calls = calls;
    this.userID = userID;
    this.conversations = conversations.reversed();
  }

  /** The newest that stand so now, newest first. */
  List<CallState> newest(Set<CallStatus> statuses, int most) {
    List<String> ids =
        Stream.concat(conversations.stream(), ids(statuses, most).stream()).distinct().toList();
    return calls.find(userID, ids).stream()
        .filter(call -> statuses.contains(call.status()))
        .sorted(Comparator.comparing(CallState::requestedAt).reversed())
        .limit(most)
        .toList();
  }

  /** The ids that a text may mean; pending ones only, as long as there are such. */
  Collection<String> meant(String text) {
    Collection<String> pending =
        such(
            text,
            Stream.concat(conversations.stream(), listed(StatusFilter.statusesOf("pending"))));
    if (!pending.isEmpty()) {
      return pending;
    }
    Stream<String> byId = calls.find(userID, text.strip()).map(CallState::id).stream();
    return such(text, Stream.concat(byId, listed(Set.of())));
  }

  private Stream<String> listed(Set<CallStatus> statuses) {
    return ids(statuses, LOOKED_THROUGH).stream();
  }

  private List<String> ids(Set<CallStatus> statuses, int most) {
    return calls.ids(userID, new CallFilter(null, statuses), most);
  }

  private static Collection<String> such(String text, Stream<String> ids) {
    var found = new LinkedHashSet<String>();
    ids.filter(id -> CallReference.means(text, id)).forEach(found::add);
    return found;
  }

  /** As {@link GuardedCalls#cancel}. */
  Optional<CallState> cancel(String id) {
    return calls.cancel(userID, id);
  }
}
