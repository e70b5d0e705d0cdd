package dev.countersign.guard;

import dev.countersign.approval.ApprovalError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended. Each end has a status, a code for programs, a sentence for the user and one for
 * the operator.
 */
sealed interface CallEnd {

  /** The method has returned; its value as JSON, null: none that can be kept. */
  record Done(@Nullable String result) implements CallEnd {}

  /** The user said no. */
  record Denied() implements CallEnd {}

  /** No approval arrived in time. */
  record Expired() implements CallEnd {}

  /** The user has no device on which to be asked. */
  record NoDevice(String reason) implements CallEnd {}

  /** The identity provider says that this can't be. */
  record Rejected(String reason, ApprovalError error) implements CallEnd {}

  /** The method says that this can't be. */
  record Refused(String words) implements CallEnd {}

  /**
   * Taken back.
   *
   * @param asked whether the user's device may still show the question: CIBA has no way to take it
   *     from there
   */
  record Cancelled(boolean asked) implements CallEnd {}

  /** The provider no longer knows the question; an approval may have been lost with it. */
  record ApprovalLost(String reason, ApprovalError error) implements CallEnd {}

  /** The approved token ended before the method has run. */
  record ApprovalEnded() implements CallEnd {}

  /** The approval was given up after retries. */
  record NotApproved(String reason, Instant since, ApprovalError error) implements CallEnd {}

  /** The run was given up after retries; certainly not done. */
  record NotDone(String reason, Instant since) implements CallEnd {}

  /**
   * Given up after a run whose outcome is unknown.
   *
   * @param ifNotDone what it is should it become known that nothing was done
   */
  record Unknown(String reason, CallEnd ifNotDone) implements CallEnd {}

  /** An unknown outcome of which an operator found out that it was done. */
  record SettledAsDone(String words) implements CallEnd {}

  /** An unknown outcome of which an operator found out that nothing was done. */
  record SettledAsNotDone(String words) implements CallEnd {}

  default CallStatus status() {
    return switch (this) {
      case Done _, SettledAsDone _ -> CallStatus.DONE;
      case Denied _ -> CallStatus.DENIED;
      case Expired _ -> CallStatus.EXPIRED;
      case NoDevice _, Rejected _, Refused _ -> CallStatus.REJECTED;
      case Cancelled _ -> CallStatus.CANCELLED;
      case ApprovalLost _, ApprovalEnded _, NotApproved _, NotDone _, SettledAsNotDone _ ->
          CallStatus.FAILED;
      case Unknown _ -> CallStatus.OUTCOME_UNKNOWN;
    };
  }

  /** For programs: never change one. Null: done. */
  default @Nullable String code() {
    return switch (this) {
      case Done _, SettledAsDone _ -> null;
      case Denied _ -> ApprovalError.ACCESS_DENIED.code();
      case Expired _ -> ApprovalError.AUTHORIZATION_REQUEST_EXPIRED.code();
      case NoDevice _ -> ApprovalError.USER_DOES_NOT_HAVE_PUSH_NOTIFICATIONS.code();
      case Rejected(_, var error) -> error.code();
      case Refused _ -> "refused";
      case Cancelled _ -> "cancelled";
      case ApprovalLost(_, var error) -> error.code();
      case ApprovalEnded _ -> "approval_ended";
      case NotApproved(_, _, var error) -> error.code();
      case NotDone _ -> "not_done";
      case Unknown _ -> "outcome_unknown";
      case SettledAsNotDone _ -> "settled_as_not_done";
    };
  }

  /** What a log may say of it: no words of others, in which a user's may be. */
  default String inLog() {
    String code = code();
    return code == null ? status().name() : status() + " (" + code + ")";
  }

  /** What a model is told, which speaks of the user. */
  default String toolResult() {
    return switch (this) {
      case Done(var result) -> result == null ? "Done" : ResultText.of(result);
      case Denied _ -> "The user has denied the request";
      case NoDevice _ ->
          "The user has no device on which to be asked for approval; nothing was done. They must enrol"
              + " one with their identity provider before they ask again.";
      case NotApproved(_, _, var error) when error == ApprovalError.PROVIDER_UNAVAILABLE ->
          "The user's approval could not be obtained, because their identity provider was not"
              + " available; nothing was done. The user can ask again later.";
      case NotApproved(_, _, var error) when error == ApprovalError.NOT_ASKED_IN_TIME ->
          "It could not be found out in time whether the user approved; nothing was done. The user can"
              + " ask again.";
      case ApprovalLost _ ->
          "The question to the user, or their approval, was lost; nothing was done. The user can ask"
              + " again.";
      case ApprovalEnded _ ->
          "The user's approval ended before it could be done; nothing was done. The user can ask"
              + " again.";
      case Rejected(_, var error) when error == ApprovalError.TOO_MANY_QUESTIONS ->
          "The user was not asked, because they have been asked too often or have denied too often;"
              + " nothing was done. Tell them so, and don't call it again unless they want it.";
      case Cancelled(boolean asked) when asked -> cancelled("the user's");
      case Expired _,
          Rejected _,
          Refused _,
          Cancelled _,
          NotApproved _,
          NotDone _,
          Unknown _,
          SettledAsDone _,
          SettledAsNotDone _ ->
          sentence();
    };
  }

  /** For the user. */
  default String sentence() {
    return switch (this) {
      case Done(var result) -> result == null ? "It is done." : done(ResultText.of(result));
      case Denied _ -> "You denied the request; nothing was done.";
      case Expired _ -> "No approval arrived in time; nothing was done.";
      case NoDevice _ ->
          "You have no device on which you can be asked; enrol one with your identity provider, then"
              + " ask again. Nothing was done.";
      case Rejected(var reason, var error) when error == ApprovalError.TOO_MANY_QUESTIONS ->
          withoutStop(reason) + ". Nothing was done.";
      case Rejected(var reason, _) -> cannotBeDone(reason);
      case Refused(var words) -> cannotBeDone(words);
      case Cancelled(boolean asked) ->
          asked ? cancelled("your") : "It was cancelled; nothing was done.";
      case ApprovalLost(var reason, var error) ->
          (error == ApprovalError.APPROVAL_LOST
                  ? "Your approval may have been lost on the way: "
                  : "The question was lost: ")
              + withoutStop(reason)
              + ". Nothing was done; please ask again.";
      case NotApproved(var reason, _, var error) when error == ApprovalError.PROVIDER_UNAVAILABLE ->
          "Your approval could not be obtained, because the identity provider was not available: "
              + withoutStop(reason)
              + ". Nothing was done; please ask again later.";
      case NotApproved(_, _, var error) when error == ApprovalError.NOT_ASKED_IN_TIME ->
          "It could not be found out in time whether you approved; nothing was done. Please ask"
              + " again.";
      case NotApproved(var reason, _, _) -> givenUp(reason);
      case ApprovalEnded _ ->
          "Your approval ended before it could be done. Nothing was done; please ask again.";
      case NotDone(var reason, _) -> givenUp(reason);
      case Unknown _ ->
          "There was no clear answer, so it is unknown whether it was done. Please check before you"
              + " ask again.";
      case SettledAsDone(var words) ->
          "It is clear now that it was done: " + withoutStop(words) + ".";
      case SettledAsNotDone(var words) ->
          "It is clear now that nothing was done: "
              + withoutStop(words)
              + ". Please ask again if you still want it.";
    };
  }

  /** For the operator, in the Web UI. */
  default String operatorSentence() {
    return switch (this) {
      case Done _ -> "The method has returned";
      case Denied _ -> "The provider answered access_denied";
      case Expired _ ->
          "No approval before the request expired; a denial so late can't be told from expiry";
      case NoDevice(var reason) -> reason;
      case Rejected(var reason, _) -> reason;
      case Refused(var words) -> words;
      case Cancelled _ -> "Cancelled by code, or in Temporal";
      case ApprovalLost(var reason, _) -> reason;
      case ApprovalEnded _ ->
          "The approved token ended before the method had run: see what the attempts were answered,"
              + " and how long the provider's tokens live";
      case NotApproved(var reason, var since, _) -> reason + ", since " + since;
      case NotDone(var reason, var since) -> reason + ", since " + since;
      case Unknown(var reason, _) ->
          withoutStop(reason)
              + ". Find out whether it was done, by the idempotency key, this workflow's id, and"
              + " settle it by the signal settle while this workflow is open";
      case SettledAsDone(var words) -> "Settled by the signal settle as done: " + words;
      case SettledAsNotDone(var words) -> "Settled by the signal settle as not done: " + words;
    };
  }

  private static String cancelled(String whose) {
    return "It was cancelled; nothing was done. If "
        + whose
        + " phone still asks, an answer there changes nothing.";
  }

  private static String done(String result) {
    return "It is done: " + withoutStop(result) + ".";
  }

  private static String cannotBeDone(String reason) {
    return "This can't be done: " + withoutStop(reason) + ". Nothing was done.";
  }

  private static String givenUp(String reason) {
    return "It was given up: " + withoutStop(reason) + ". Nothing was done.";
  }

  private static String withoutStop(String reason) {
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }
}
