package dev.countersign.app.purchase;

import dev.countersign.app.shop.LookUpAnswer;
import dev.countersign.approval.TokenEnd;
import dev.countersign.workflow.Backoff;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks the shop what became of an order whose answer is unknown, in workflow code. That there is no
 * such order counts only a while after it was sent: until then the shop may be working on it.
 */
final class LookUp {
  private final PurchaseActivities activities;
  private final PlaceOrder order;
  private final Instant notFoundCountsFrom;
  private final Backoff backoff;

  /**
   * An order to be looked up.
   *
   * @param order with the token that is shown to the shop while it lasts
   * @param notFoundCountsFrom from when on the shop would have the order if it ever gets it
   * @param backoff the pace, and when to leave it at that
   */
  LookUp(
      PurchaseActivities activities,
      PlaceOrder order,
      Instant notFoundCountsFrom,
      Backoff backoff) {
    this.activities = activities;
    this.order = order;
    this.notFoundCountsFrom = notFoundCountsFrom;
    this.backoff = backoff;
  }

  /** What became of it; unknown still, if the shop can't say in time. */
  Outcome settle(Outcome.Unknown unknown) {
    while (!TokenEnd.hasCome(order.tokenExpiresAt(), WorkflowTime.now())) {
      @Nullable Duration pause;
      switch (lookUp()) {
        case LookUpAnswer.Ordered(var statusText) -> {
          return new Outcome.Ordered(statusText);
        }
        case LookUpAnswer.NotFound() -> {
          pause = Duration.between(WorkflowTime.now(), notFoundCountsFrom);
          if (!pause.isPositive()) {
            return unknown.ifNotOrdered();
          }
        }
        case LookUpAnswer.Unknown(_, var retryAfter) -> pause = retryAfter;
      }
      if (!backoff.pause(pause)) {
        return unknown;
      }
    }
    return unknown;
  }

  private LookUpAnswer lookUp() {
    try {
      return activities.lookUpOrder(order);
    } catch (ActivityFailure e) {
      return new LookUpAnswer.Unknown("A look-up was cut off", null);
    }
  }
}
