package dev.countersign.purchase;

import dev.countersign.approval.Decision;
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
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  private final PurchaseActivities activities;
  private final PlaceOrder order;
  private final PurchaseTerms terms;
  private final Instant since = now();
  private final Instant giveUpAt;
  private boolean anyAnswerUnknown;
  private boolean unauthorizedBefore;

  Ordering(Purchase purchase, Decision.Approved approved, PurchaseTerms terms) {
    this.activities =
        Workflow.newActivityStub(
            PurchaseActivities.class,
            PurchaseOptions.placeOrder(terms.shopCallTimeout(), purchase.summary()));
    this.order = new PlaceOrder(purchase, approved.token());
    this.terms = terms;
    this.giveUpAt = earlier(since.plus(terms.orderingPatience()), approved.tokenExpiresAt());
  }

  Outcome place() {
    Duration delay = FIRST_DELAY;
    while (true) {
      OrderAnswer answer = attempt();
      Outcome end = end(answer);
      if (end != null) {
        return end;
      }
      Duration pause = pause(answer, delay);
      if (now().plus(pause).isAfter(giveUpAt)) {
        return givenUp(reason(answer));
      }
      Workflow.sleep(pause);
      delay =
          delay.multipliedBy(2).compareTo(LONGEST_DELAY) < 0
              ? delay.multipliedBy(2)
              : LONGEST_DELAY;
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
      case OrderAnswer.Unknown(var reason) -> {
        anyAnswerUnknown = true;
        yield terms.shopIsIdempotent() ? null : new Outcome.Unknown(reason);
      }
    };
  }

  private Outcome refused(String words) {
    return anyAnswerUnknown ? new Outcome.Unknown(words) : new Outcome.Rejected(words);
  }

  private Outcome givenUp(String reason) {
    return anyAnswerUnknown ? new Outcome.Unknown(reason) : new Outcome.Failed(reason, since);
  }

  private static String reason(OrderAnswer answer) {
    return switch (answer) {
      case OrderAnswer.Ordered(var statusText) -> statusText;
      case OrderAnswer.Unauthorized(var words) -> words;
      case OrderAnswer.Conflict(var words) -> words;
      case OrderAnswer.Refused(_, var words) -> words;
      case OrderAnswer.NotSent(var reason) -> reason;
      case OrderAnswer.Busy(var status, _) -> "The shop was busy (" + status + ")";
      case OrderAnswer.Unknown(var reason) -> reason;
    };
  }

  private static Duration pause(OrderAnswer answer, Duration delay) {
    Duration retryAfter = answer instanceof OrderAnswer.Busy busy ? busy.retryAfter() : null;
    return retryAfter != null && retryAfter.compareTo(delay) > 0 ? retryAfter : delay;
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
