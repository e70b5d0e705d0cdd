package dev.countersign.purchase;

import dev.countersign.approval.Backoff;
import dev.countersign.approval.Decision;
import dev.countersign.approval.WorkflowTime;
import dev.countersign.shop.OrderAnswer;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Places one order, in workflow code: repeats it under the same key and token while that is safe,
 * and remembers whether any attempt's answer is unknown, for then a refusal proves nothing.
 */
final class Ordering {
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  private final PurchaseActivities activities;
  private final PlaceOrder order;
  private final PurchaseTerms terms;
  private final Instant since = WorkflowTime.now();
  private final Backoff backoff;
  private boolean anyAnswerUnknown;
  private boolean unauthorizedBefore;

  Ordering(Purchase purchase, Decision.Approved approved, PurchaseTerms terms) {
    this.activities =
        Workflow.newActivityStub(
            PurchaseActivities.class,
            PurchaseOptions.placeOrder(terms.shopCallTimeout(), purchase.summary()));
    this.order = new PlaceOrder(purchase, approved.token());
    this.terms = terms;
    this.backoff =
        new Backoff(
            LONGEST_DELAY,
            earlier(since.plus(terms.orderingPatience()), approved.tokenExpiresAt()));
  }

  Outcome place() {
    while (true) {
      OrderAnswer answer = attempt();
      Outcome end = end(answer);
      if (end != null) {
        return end;
      }
      if (!backoff.pause(retryAfter(answer))) {
        return givenUp(reason(answer));
      }
    }
  }

  private OrderAnswer attempt() {
    try {
      return activities.placeOrder(order);
    } catch (ActivityFailure e) { // the process died or hung with the order under way
      return new OrderAnswer.Unknown("An attempt to order was cut off");
    }
  }

  /** The end that an answer means, or null: to be tried again. */
  private @Nullable Outcome end(OrderAnswer answer) {
    return switch (answer) {
      case OrderAnswer.Ordered(var statusText) -> new Outcome.Ordered(statusText);
      case OrderAnswer.Unauthorized(var words) -> {
        if (unauthorizedBefore) {
          yield refused(words);
        }
        unauthorizedBefore = true;
        yield null;
      }
      case OrderAnswer.Conflict(var words) -> {
        if (!terms.shopIsIdempotent()) {
          yield refused(words);
        }
        anyAnswerUnknown = true; // a request under this key is there: what became of it?
        yield null;
      }
      case OrderAnswer.Refused(_, var words) -> refused(words);
      case OrderAnswer.NotSent _, OrderAnswer.Busy _ -> null;
      case OrderAnswer.Unknown(var reason, _) -> {
        anyAnswerUnknown = true;
        yield terms.shopIsIdempotent() ? null : new Outcome.Unknown(reason);
      }
    };
  }

  private Outcome refused(String words) {
    return anyAnswerUnknown ? new Outcome.Unknown(words) : new Outcome.ShopRefused(words);
  }

  private Outcome givenUp(String reason) {
    return anyAnswerUnknown
        ? new Outcome.Unknown(reason)
        : new Outcome.ShopUnavailable(reason, since);
  }

  private static @Nullable Duration retryAfter(OrderAnswer answer) {
    return switch (answer) {
      case OrderAnswer.Busy(_, var retryAfter) -> retryAfter;
      case OrderAnswer.Unknown(_, var retryAfter) -> retryAfter;
      case OrderAnswer.Ordered _,
          OrderAnswer.Unauthorized _,
          OrderAnswer.Conflict _,
          OrderAnswer.Refused _,
          OrderAnswer.NotSent _ ->
          null;
    };
  }

  private static String reason(OrderAnswer answer) {
    return switch (answer) {
      case OrderAnswer.Ordered(var statusText) -> statusText;
      case OrderAnswer.Unauthorized(var words) -> words;
      case OrderAnswer.Conflict(var words) -> words;
      case OrderAnswer.Refused(_, var words) -> words;
      case OrderAnswer.NotSent(var reason) -> reason;
      case OrderAnswer.Busy(var status, _) -> "The shop was busy (" + status + ")";
      case OrderAnswer.Unknown(var reason, _) -> reason;
    };
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }
}
