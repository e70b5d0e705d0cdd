package dev.countersign.devservices.tenant;

import java.time.Duration;

/** What the token endpoint says to one poll (CIBA Core 11, with Auth0's choices). */
sealed interface PollAnswer {

  /** The user hasn't answered yet. */
  record Pending() implements PollAnswer {}

  /**
   * The poll came too early.
   *
   * @param interval least time to the next one
   */
  record SlowDown(Duration interval) implements PollAnswer {}

  /** Denied or expired: Auth0 doesn't tell them apart. */
  record Ended() implements PollAnswer {}

  /** No such request of this client, or its token was already issued. */
  record Unknown() implements PollAnswer {}

  /** The user approved; this answer comes once. */
  record Approved(BackchannelRequest request) implements PollAnswer {}
}
