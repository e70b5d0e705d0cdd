package dev.countersign.app.purchase;

import dev.countersign.approval.ApprovalError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a purchase ended. Each end has a code for programs, a sentence for the user, one for the
 * operator, and what the model's tool returns.
 */
sealed interface Outcome {

  /** The shop took the order. */
  record Ordered(String statusText) implements Outcome {}

  /** The user said no. */
  record Denied() implements Outcome {}

  /** No approval arrived in time. */
  record Expired() implements Outcome {}

  /** The user has no device on which to be asked. */
  record NoDevice(String reason) implements Outcome {}

  /** The product's name can't be shown truthfully; nobody was asked. */
  record Unshowable(String reason) implements Outcome {}

  /** The identity provider says that this can't be. */
  record Rejected(String reason, ApprovalError error) implements Outcome {}

  /** The shop says that this can't be. */
  record ShopRefused(String words) implements Outcome {}

  /** The user took it back. */
  record Cancelled() implements Outcome {}

  /** The provider no longer knows the question; an approval may have been lost with it. */
  record ApprovalLost(String reason, ApprovalError error) implements Outcome {}

  /** The approved token ended before the shop took the order; certainly not ordered. */
  record ApprovalEnded() implements Outcome {}

  /** A fault of this application: nobody was asked. */
  record Broken(String reason) implements Outcome {}

  /** The approval was given up after retries. */
  record Failed(String reason, Instant since, ApprovalError error) implements Outcome {}

  /** The order was given up after retries; certainly not ordered. */
  record ShopUnavailable(String reason, Instant since) implements Outcome {}

  /**
   * Given up after an attempt to order whose answer is unknown.
   *
   * @param ifNotOrdered what it is should it become known that nothing was ordered
   */
  record Unknown(String reason, Outcome ifNotOrdered) implements Outcome {}

  /** An unknown outcome of which an operator found out that the shop has the order. */
  record SettledAsOrdered(String words) implements Outcome {}

  /** An unknown outcome of which an operator found out that nothing was ordered. */
  record SettledAsNotOrdered(String words) implements Outcome {}

  /** What the shop, or whoever looked the order up there, says of it; null: not ordered. */
  default @Nullable String result() {
    return switch (this) {
      case Ordered(var statusText) -> statusText;
      case SettledAsOrdered(var words) -> words;
      default -> null;
    };
  }

  default PurchaseStatus status() {
    return switch (this) {
      case Ordered _, SettledAsOrdered _ -> PurchaseStatus.ORDERED;
      case Denied _ -> PurchaseStatus.DENIED;
      case Expired _ -> PurchaseStatus.EXPIRED;
      case NoDevice _, Unshowable _, Rejected _, ShopRefused _ -> PurchaseStatus.REJECTED;
      case Cancelled _ -> PurchaseStatus.CANCELLED;
      case ApprovalLost _,
          ApprovalEnded _,
          Broken _,
          Failed _,
          ShopUnavailable _,
          SettledAsNotOrdered _ ->
          PurchaseStatus.FAILED;
      case Unknown _ -> PurchaseStatus.OUTCOME_UNKNOWN;
    };
  }

  /** For programs: never change one. Null: ordered. */
  default @Nullable String code() {
    return switch (this) {
      case Ordered _, SettledAsOrdered _ -> null;
      case Denied _ -> ApprovalError.ACCESS_DENIED.code();
      case Expired _ -> ApprovalError.AUTHORIZATION_REQUEST_EXPIRED.code();
      case NoDevice _ -> ApprovalError.USER_DOES_NOT_HAVE_PUSH_NOTIFICATIONS.code();
      case Unshowable _ -> "message_not_showable";
      case Rejected(_, var error) -> error.code();
      case ShopRefused _ -> "shop_refused";
      case Cancelled _ -> "cancelled";
      case ApprovalLost(_, var error) -> error.code();
      case ApprovalEnded _ -> "approval_ended";
      case Broken _ -> "internal_error";
      case Failed(_, _, var error) -> error.code();
      case ShopUnavailable _ -> "shop_unavailable";
      case Unknown _ -> "outcome_unknown";
      case SettledAsNotOrdered _ -> "not_ordered";
    };
  }

  /** What the tool {@code shop_online} returns to the model, which speaks of the user. */
  default String toolResult() {
    return switch (this) {
      case Ordered(var statusText) -> statusText;
      case Denied _ -> "The user has denied the request";
      case NoDevice _ ->
          "The user has no device on which to be asked for approval; nothing was ordered. They must"
              + " enrol one with their identity provider before they ask again.";
      case Unshowable(var reason) ->
          withoutStop(reason)
              + "; nothing was ordered and the user was not asked. The user may ask again with a name"
              + " in Latin letters.";
      case Failed(_, _, var error) when error == ApprovalError.PROVIDER_UNAVAILABLE ->
          "The user's approval could not be obtained, because their identity provider was not"
              + " available; nothing was ordered. The user can ask again later.";
      case Failed(_, _, var error) when error == ApprovalError.NOT_ASKED_IN_TIME ->
          "It could not be found out in time whether the user approved; nothing was ordered. The user"
              + " can ask again.";
      case ApprovalLost _ ->
          "The question to the user, or their approval, was lost; nothing was ordered. The user can"
              + " ask again.";
      case ApprovalEnded _ ->
          "The user's approval ended before the shop took the order; nothing was ordered. The user can"
              + " ask again.";
      case Broken _ ->
          "The purchase failed because of a fault in this application; the user was not asked and"
              + " nothing was ordered. The user can ask again later.";
      case Expired _,
          Rejected _,
          ShopRefused _,
          Cancelled _,
          Failed _,
          ShopUnavailable _,
          Unknown _,
          SettledAsOrdered _,
          SettledAsNotOrdered _ ->
          sentence();
    };
  }

  /** For the user. */
  default String sentence() {
    return switch (this) {
      case Ordered(var statusText) -> "The order is placed: " + statusText + ".";
      case Denied _ -> "You denied the request; nothing was ordered.";
      case Expired _ -> "No approval arrived in time; nothing was ordered.";
      case NoDevice _ ->
          "You have no device on which you can be asked; enrol one with your identity provider, then"
              + " ask again. Nothing was ordered.";
      case Unshowable(var reason) -> cannotBeBought(reason);
      case Rejected(var reason, _) -> cannotBeBought(reason);
      case ShopRefused(var words) -> cannotBeBought(words);
      case Cancelled _ -> "The purchase was cancelled; nothing was ordered.";
      case ApprovalLost(var reason, var error) ->
          (error == ApprovalError.APPROVAL_LOST
                  ? "Your approval may have been lost on the way: "
                  : "The question was lost: ")
              + withoutStop(reason)
              + ". Nothing was ordered; please ask again.";
      case Failed(var reason, _, var error) when error == ApprovalError.PROVIDER_UNAVAILABLE ->
          "Your approval could not be obtained, because the identity provider was not available: "
              + withoutStop(reason)
              + ". Nothing was ordered; please ask again later.";
      case Failed(_, _, var error) when error == ApprovalError.NOT_ASKED_IN_TIME ->
          "It could not be found out in time whether you approved; nothing was ordered. Please ask"
              + " again.";
      case ApprovalEnded _ ->
          "Your approval ended before the shop took the order. Nothing was ordered; please ask again.";
      case Broken _ ->
          "The purchase failed because of a fault in this application. You were not asked, and nothing"
              + " was ordered; please ask again later.";
      case Failed(var reason, _, _) -> givenUp(reason);
      case ShopUnavailable(var reason, _) -> givenUp(reason);
      case Unknown _ ->
          "The shop gave no clear answer, so it is unknown whether the order was placed. Please check"
              + " with the shop before you buy again.";
      case SettledAsOrdered(var words) ->
          "It is clear now that the order is placed: " + withoutStop(words) + ".";
      case SettledAsNotOrdered(var words) ->
          "It is clear now that nothing was ordered: "
              + withoutStop(words)
              + ". Please ask again if you still want it.";
    };
  }

  private static String cannotBeBought(String reason) {
    return "This can't be bought: " + withoutStop(reason) + ". Nothing was ordered.";
  }

  private static String givenUp(String reason) {
    return "The purchase was given up: " + withoutStop(reason) + ". Nothing was ordered.";
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
      case NoDevice(var reason) -> reason;
      case Unshowable(var reason) ->
          withoutStop(reason)
              + ". Authorization details (countersign.approval.authorization-details.*) could carry it";
      case Rejected(var reason, _) -> reason;
      case ShopRefused(var words) -> words;
      case Cancelled _ -> "Cancelled through the API, or in Temporal";
      case ApprovalLost(var reason, _) -> reason;
      case ApprovalEnded _ ->
          "The approved token ended before the shop took the order: see what the attempts were answered,"
              + " and how long the provider's tokens live";
      case Broken(var reason) ->
          "The settings could not be read for this purchase: " + reason + ". See the log";
      case Failed(var reason, var since, _) -> reason + ", since " + since;
      case ShopUnavailable(var reason, var since) -> reason + ", since " + since;
      case Unknown(var reason, _) ->
          withoutStop(reason)
              + ". Look the order up at the shop by its Idempotency-Key, this workflow's id, and settle"
              + " it by the signal settle while this workflow is open";
      case SettledAsOrdered(var words) -> "Settled by the signal settle as ordered: " + words;
      case SettledAsNotOrdered(var words) ->
          "Settled by the signal settle as not ordered: " + words;
    };
  }
}
