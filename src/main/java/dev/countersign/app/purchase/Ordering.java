package dev.countersign.app.purchase;

import dev.countersign.app.shop.OrderAnswer;
import dev.countersign.approval.Decision;
import dev.countersign.approval.TokenEnd;
import dev.countersign.workflow.Backoff;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Places one order, in workflow code: repeats it under the same key while that is safe, under a
 * second token too, and remembers whether any attempt's answer is unknown, for then nothing that is
 * said later proves that nothing was ordered.
 */
final class Ordering {
  private static final Duration USUAL_LONGEST_DELAY = Duration.ofSeconds(30);

  private final PurchaseActivities activities;
  private final Purchase purchase;
  private final PurchaseTerms terms;
  private @Nullable Instant since;
  private @Nullable String unclear;
  private Instant sentAt = Instant.EPOCH;
  private boolean askedAgain;
  private int version;

  Ordering(Purchase purchase, PurchaseTerms terms) {
    this.activities =
        Workflow.newActivityStub(
            PurchaseActivities.class,
            PurchaseOptions.placeOrder(terms.shopCallTimeout(), purchase.summary()));
    this.purchase = purchase;
    this.terms = terms;
  }

  /** What came of the attempts under one token. */
  sealed interface Result {
    record Ended(Outcome outcome) implements Result {}

    /** The token has ended, and the user may be asked for another one. */
    record TokenEnded() implements Result {}
  }

  Result place(Decision.Approved approved) {
    return new Attempts(approved).make();
  }

  /** To be told before the user is asked for another token. */
  String askingAgain() {
    askedAgain = true;
    return unclear == null
        ? "Your approval ended before the shop took the order; please approve once more."
        : "Your approval ended before the shop gave a clear answer; please approve once more. What is"
            + " sent then is the same order, not a second one.";
  }

  /** An end without an order, unless an order may have been placed before it. */
  Outcome unlessOrdered(Outcome end) {
    return unclear == null ? end : new Outcome.Unknown(unclear, end);
  }

  /**
   * Whether Temporal's own cancel, when it comes while the order is under way, keeps the user from
   * being asked again, and doesn't end the wait for an operator: earlier versions had it otherwise.
   */
  boolean remembersCancel() {
    return version >= 2;
  }

  private boolean mayAskAgain() {
    return Boolean.TRUE.equals(terms.askAgainWhenTokenEnds()) && !askedAgain;
  }

  /** The attempts under one token. */
  private final class Attempts {
    private final PlaceOrder order;
    private final @Nullable Instant tokenEndsAt;
    private final boolean tokenIsChecked;
    private final Duration longestDelay;
    private final Backoff backoff;
    private boolean unauthorizedBefore;

    private Attempts(Decision.Approved approved) {
      Instant now = WorkflowTime.now();
      since = since == null ? now : since;
      tokenEndsAt = approved.tokenExpiresAt();
      // earlier versions posted the order whatever had become of the token
      version = Workflow.getVersion("token-end", Workflow.DEFAULT_VERSION, 2);
      tokenIsChecked = version >= 1;
      order = new PlaceOrder(purchase, approved.token(), tokenIsChecked ? tokenEndsAt : null);
      Duration longest = terms.longestOrderingDelay();
      Instant patience = now.plus(terms.orderingPatience());
      longestDelay = longest == null ? USUAL_LONGEST_DELAY : longest;
      backoff =
          new Backoff(longestDelay, mayAskAgain() ? patience : earlier(patience, tokenEndsAt));
    }

    private Result make() {
      while (true) {
        if (tokenIsChecked && TokenEnd.hasCome(tokenEndsAt, WorkflowTime.now())) {
          return tokenEnded();
        }
        OrderAnswer answer = attempt();
        if (answer instanceof OrderAnswer.TokenEnded) {
          return tokenEnded();
        }
        Outcome end = end(answer);
        if (end != null) {
          return new Result.Ended(lookedUp(end));
        }
        if (!backoff.pause(retryAfter(answer))) {
          return new Result.Ended(lookedUp(givenUp(reason(answer))));
        }
      }
    }

    private Outcome lookedUp(Outcome end) {
      Duration notFoundAfter = terms.lookUpNotFoundAfter();
      if (notFoundAfter == null || !(end instanceof Outcome.Unknown unknown)) {
        return end;
      }
      Instant patience = WorkflowTime.now().plus(terms.orderingPatience());
      return new LookUp(
              activities,
              order,
              sentAt.plus(notFoundAfter),
              new Backoff(longestDelay, earlier(patience, tokenEndsAt)))
          .settle(unknown);
    }

    private Result tokenEnded() {
      return mayAskAgain()
          ? new Result.TokenEnded()
          : new Result.Ended(unlessOrdered(new Outcome.ApprovalEnded()));
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
          leftOpen(words); // a request under this key is there: what became of it?
          yield null;
        }
        case OrderAnswer.Refused(_, var words) -> refused(words);
        case OrderAnswer.NotSent _, OrderAnswer.Busy _, OrderAnswer.TokenEnded _ -> null;
        case OrderAnswer.Unknown(var reason, _) -> {
          leftOpen(reason);
          yield terms.shopIsIdempotent() ? null : givenUp(reason);
        }
      };
    }
  }

  private void leftOpen(String reason) {
    unclear = reason;
    sentAt = WorkflowTime.now();
  }

  private Outcome refused(String words) {
    return unlessOrdered(words, new Outcome.ShopRefused(words));
  }

  private Outcome givenUp(String reason) {
    return unlessOrdered(
        reason, new Outcome.ShopUnavailable(reason, Objects.requireNonNull(since)));
  }

  private Outcome unlessOrdered(String reason, Outcome end) {
    return unclear == null ? end : new Outcome.Unknown(reason, end);
  }

  private static @Nullable Duration retryAfter(OrderAnswer answer) {
    return switch (answer) {
      case OrderAnswer.Busy(_, var retryAfter) -> retryAfter;
      case OrderAnswer.Unknown(_, var retryAfter) -> retryAfter;
      case OrderAnswer.Ordered _,
          OrderAnswer.Unauthorized _,
          OrderAnswer.Conflict _,
          OrderAnswer.Refused _,
          OrderAnswer.NotSent _,
          OrderAnswer.TokenEnded _ ->
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
      case OrderAnswer.TokenEnded() -> "The approval has ended";
      case OrderAnswer.Unknown(var reason, _) -> reason;
    };
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }
}
