package dev.countersign.app.chat;

import dev.countersign.app.api.Caller;
import dev.countersign.app.purchase.PurchaseState;
import dev.countersign.app.purchase.PurchaseStatus;
import dev.countersign.app.purchase.Purchases;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The purchases of one user, as a conversation sees them: those that Temporal lists, and its own,
 * which the list may not know yet.
 */
final class OwnPurchases {
  /** So many are looked through for a reference: nobody has more pending ones. */
  private static final int LOOKED_THROUGH = 1_000;

  private final Purchases purchases;
  private final Caller user;
  private final List<String> conversations;

  /**
   * Makes the view.
   *
   * @param conversations ids of the conversation's own purchases, oldest first
   */
  OwnPurchases(Purchases purchases, String userID, List<String> conversations) {
    this.purchases = purchases;
    this.user = new Caller(userID);
    this.conversations = conversations.reversed();
  }

  /** The newest that stand so now, newest first. */
  List<PurchaseState> newest(Set<PurchaseStatus> statuses, int most) {
    List<String> ids =
        Stream.concat(conversations.stream(), purchases.ids(user, statuses, most).stream())
            .distinct()
            .toList();
    return purchases.find(user, ids).stream()
        .filter(purchase -> statuses.contains(purchase.status()))
        .sorted(Comparator.comparing(PurchaseState::requestedAt).reversed())
        .limit(most)
        .toList();
  }

  /** The ids that a text may mean; pending ones only, as long as there are such. */
  Collection<String> meant(String text) {
    Collection<String> pending =
        such(
            text,
            Stream.concat(conversations.stream(), listed(PurchaseFilter.statusesOf("pending"))));
    if (!pending.isEmpty()) {
      return pending;
    }
    Stream<String> byId = purchases.find(user, text.strip()).map(PurchaseState::id).stream();
    return such(text, Stream.concat(byId, listed(Set.of())));
  }

  private Stream<String> listed(Set<PurchaseStatus> statuses) {
    return purchases.ids(user, statuses, LOOKED_THROUGH).stream();
  }

  private static Collection<String> such(String text, Stream<String> ids) {
    var found = new LinkedHashSet<String>();
    ids.filter(id -> PurchaseReference.means(text, id)).forEach(found::add);
    return found;
  }

  /** As {@link Purchases#cancel}. */
  Optional<PurchaseState> cancel(String id) {
    return purchases.cancel(user, id);
  }
}
