package dev.countersign.approval;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.TokenAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what an answer to a poll decides. */
final class Verdicts {
  private static final Logger log = LoggerFactory.getLogger(Verdicts.class);

  /** No more than this part of a request's life counts as its end. */
  private static final int SHARE = 10;

  /** How far this process and the provider may disagree on when a request expires. */
  private static final Duration UNCERTAINTY = Duration.ofSeconds(2);

  private final GrantAcceptance acceptance;

  Verdicts(GrantAcceptance acceptance) {
    this.acceptance = acceptance;
  }

  /** Null: nothing yet. */
  @Nullable Decision of(
      TokenAnswer answer,
      PendingApproval pending,
      AuthReqId authReqId,
      Instant sentAt,
      ActivityLease wait,
      Clock clock) {
    return switch (answer) {
      case TokenAnswer.Pending _, TokenAnswer.Unavailable _, TokenAnswer.SlowDown _ -> null;
      case TokenAnswer.Granted(var tokens) -> {
        log.info("Approved after {} s", Duration.between(pending.askedAt(), sentAt).toSeconds());
        yield acceptance.accept(tokens, pending, authReqId, wait, clock);
      }
      case TokenAnswer.Denied _ ->
          isPastExpiry(pending, wait.pace(), clock)
              ? new Decision.Expired()
              : new Decision.Denied();
      case TokenAnswer.Expired() -> new Decision.Expired();
      case TokenAnswer.InvalidGrant(var description) -> unknown(description, wait.pace());
      case TokenAnswer.Refused(var status, var error, var description) ->
          new Decision.Rejected(
              "The identity provider refused to answer "
                  + Refusals.words(status, error, description),
              ApprovalError.AUTHORIZATION_POLLING_ERROR);
    };
  }

  /**
   * What is true when a request has expired without a decision.
   *
   * @param asked whether the provider was asked as late as the pace allows
   * @param trouble why the last polls were not answered; null: they were
   */
  static Decision expired(boolean asked, @Nullable String trouble, Instant now) {
    if (asked) {
      return new Decision.Expired();
    }
    return trouble == null
        ? Decision.Failed.notAskedInTime(now)
        : new Decision.Failed(trouble, now, ApprovalError.PROVIDER_UNAVAILABLE);
  }

  private static Decision unknown(@Nullable String description, Pace pace) {
    log.warn("The provider no longer knows a request ({})", description);
    return new Decision.Lost(
        "The identity provider no longer knows the request, or has handed its token out"
            + (description == null ? "" : ": " + description),
        pace.missed() ? ApprovalError.APPROVAL_LOST : ApprovalError.INVALID_GRANT);
  }

  /** Auth0 says {@code access_denied} for denied and for expired: only the clock tells. */
  private static boolean isPastExpiry(PendingApproval pending, Pace pace, Clock clock) {
    Duration share = Duration.between(pending.askedAt(), pending.expiresAt()).dividedBy(SHARE);
    Duration late = pace.interval().plus(UNCERTAINTY);
    Duration end = late.compareTo(share) < 0 ? late : share;
    return clock.instant().isAfter(pending.expiresAt().minus(end));
  }
}
