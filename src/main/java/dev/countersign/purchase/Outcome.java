package dev.countersign.purchase;

import java.time.Instant;

/**
 * How a purchase ended. Each end has a sentence for the user, one for the operator, and what the
 * model's tool returns.
 */
sealed interface Outcome {

  /** The shop took the order. */
  record Ordered(String statusText) implements Outcome {}

  /** The user said no. */
  record Denied() implements Outcome {}

  /** No approval arrived in time. */
  record Expired() implements Outcome {}

  /** The identity provider or the shop says that this can't be. */
  record Rejected(String reason) implements Outcome {}

  /** The user took it back. */
  record Cancelled() implements Outcome {}

  /** Given up after retries; certainly not ordered. */
  record Failed(String reason, Instant since) implements Outcome {}

  /** Given up after an attempt to order whose answer is unknown. */
  record Unknown(String reason) implements Outcome {}

  default PurchaseStatus status() {
    return switch (this) {
      case Ordered _ -> PurchaseStatus.ORDERED;
      case Denied _ -> PurchaseStatus.DENIED;
      case Expired _ -> PurchaseStatus.EXPIRED;
      case Rejected _ -> PurchaseStatus.REJECTED;
      case Cancelled _ -> PurchaseStatus.CANCELLED;
      case Failed _ -> PurchaseStatus.FAILED;
      case Unknown _ -> PurchaseStatus.OUTCOME_UNKNOWN;
    };
  }

  /** What the tool {@code shop_online} returns to the model. */
  default String toolResult() {
    return switch (this) {
      case Ordered(var statusText) -> statusText;
      case Denied _ -> "The user has denied the request";
      case Expired _, Rejected _, Cancelled _, Failed _, Unknown _ -> sentence();
    };
  }

  /** For the user. */
  default String sentence() {
    return switch (this) {
      case Ordered(var statusText) -> "The order is placed: " + statusText + ".";
      case Denied _ -> "You denied the request; nothing was ordered.";
      case Expired _ -> "No approval arrived in time; nothing was ordered.";
      case Rejected(var reason) ->
          "This can't be bought: " + withoutStop(reason) + ". Nothing was ordered.";
      case Cancelled _ -> "The purchase was cancelled; nothing was ordered.";
      case Failed(var reason, _) ->
          "The purchase was given up: " + withoutStop(reason) + ". Nothing was ordered.";
      case Unknown _ ->
          "The shop gave no clear answer, so it is unknown whether the order was placed. Please check"
              + " with the shop before you buy again.";
    };
  }

  private static String withoutStop(String reason) {
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }

  /** For the operator, in the Web UI. */
  default String operatorSentence() {
    return switch (this) {
      case Ordered(var statusText) -> "The shop answered: " + statusText;
      case Denied _ -> "The provider answered access_denied";
      case Expired _ ->
          "No approval before the request expired; a denial so late can't be told from expiry";
      case Rejected(var reason) -> reason;
      case Cancelled _ -> "Cancelled through the API, or in Temporal";
      case Failed(var reason, var since) -> reason + ", since " + since;
      case Unknown(var reason) ->
          withoutStop(reason)
              + ". Look the order up at the shop by its Idempotency-Key, this workflow's id";
    };
  }
}
