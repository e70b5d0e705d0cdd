package dev.countersign.app.purchase;

import com.google.protobuf.ByteString;
import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.approval.Approver;
import dev.countersign.guard.CallFilter;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallUser;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.KeyUsedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The purchases of a caller: a view of their calls of {@code shop_online}. */
@Component
class Purchases {
  private static final int PAGE_SIZE = 20;

  private final GuardedCalls calls;

  /** A view of these calls. */
  Purchases(GuardedCalls calls) {
    this.calls = calls;
  }

  /**
   * Some of the caller's purchases.
   *
   * @param next where the next page starts; null: there is none
   */
  record Page(List<PurchaseState> purchases, @Nullable ByteString next) {}

  /**
   * Starts a purchase, or finds the one that was started with this key.
   *
   * @param approver who is to be asked
   * @return where the purchase stands
   * @throws KeyUsedException if the key is another purchase's
   * @throws dev.countersign.guard.CallNotDoneException if nobody can be asked for it
   */
  PurchaseState start(Caller caller, Purchase purchase, Approver approver, IdempotencyKey key) {
    CallState call;
    try {
      call =
          calls.startOnce(
              new CallUser(caller.sub(), approver),
              key.digest(),
              ShopOnline.NAME,
              purchase.product(),
              purchase.qty(),
              purchase.priceLimit());
    } catch (KeyUsedException e) {
      if (!isSame(purchase, PurchaseState.of(e.before()))) {
        throw e;
      }
      call = e.before();
    }
    return PurchaseState.of(call);
  }

  /** 5 and 5.00 are one limit. */
  private static boolean isSame(Purchase wanted, PurchaseState state) {
    return wanted.product().equals(state.product())
        && wanted.qty() == state.qty()
        && wanted.priceLimit() != null
        && state.priceLimit() != null
        && wanted.priceLimit().compareTo(state.priceLimit()) == 0;
  }

  /**
   * Where one of the caller's purchases stands, as far as that can be known; empty: there is none
   * of that id.
   */
  Optional<PurchaseState> find(Caller caller, String id) {
    return calls.find(caller.sub(), id).filter(Purchases::isPurchase).map(PurchaseState::of);
  }

  private static boolean isPurchase(CallState call) {
    return call.tool().equals(ShopOnline.NAME);
  }

  /**
   * The caller's purchases, a page at a time: first those that go on, then by their end.
   *
   * @param status only those that stand there; null: all
   * @param from start of the page; null: the first
   */
  Page list(Caller caller, @Nullable PurchaseStatus status, @Nullable ByteString from) {
    CallFilter filter =
        new CallFilter(ShopOnline.NAME, status == null ? Set.of() : Set.of(status.ofCall()));
    GuardedCalls.Page page = calls.list(caller.sub(), filter, PAGE_SIZE, from);
    return new Page(page.calls().stream().map(PurchaseState::of).toList(), page.next());
  }

  /**
   * Takes one of the caller's purchases back; again: the same answer. Empty: there is none of that
   * id.
   *
   * @throws TooLateToCancelException if it is being ordered or has ended otherwise
   */
  Optional<PurchaseState> cancel(Caller caller, String id) {
    if (find(caller, id).isEmpty()) {
      return Optional.empty();
    }
    Optional<PurchaseState> state = calls.cancel(caller.sub(), id).map(PurchaseState::of);
    PurchaseStatus status = state.map(PurchaseState::status).orElse(PurchaseStatus.CANCELLED);
    if (status != PurchaseStatus.CANCELLED) { // an earlier attempt may have ordered
      throw new TooLateToCancelException(status);
    }
    return state;
  }
}
