package dev.countersign.ciba;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one request to the token endpoint (CIBA Core 10.1 and 11). */
public sealed interface TokenAnswer {

  /**
   * {@code authorization_pending}: the user has not decided yet.
   *
   * @param retryAfter how long the next poll is to wait, if that is longer than the interval; null:
   *     not said
   */
  record Pending(@Nullable Duration retryAfter) implements TokenAnswer {

    /** The interval alone counts. */
    public Pending() {
      this(null);
    }
  }

  /**
   * {@code slow_down}: still pending, and the interval grows by at least 5 s for good (CIBA Core
   * 11).
   *
   * @param retryAfter the header of that name; null: none
   * @param interval the body's member of that name (Auth0); null: none
   */
  record SlowDown(@Nullable Duration retryAfter, @Nullable Duration interval)
      implements TokenAnswer {}

  /**
   * The user approved. The provider hands the tokens out once. A token is a bearer token if its
   * {@code token_type} says so (RFC 6749 5.1) or is absent, as in some of Auth0's examples.
   */
  record Granted(Tokens tokens) implements TokenAnswer {}

  /** {@code access_denied}: the user said no; with Auth0 also that the request has expired. */
  record Denied(@Nullable String description) implements TokenAnswer {}

  /** {@code expired_token}. */
  record Expired() implements TokenAnswer {}

  /** {@code invalid_grant}: the request is unknown or its tokens have been handed out already. */
  record InvalidGrant(@Nullable String description) implements TokenAnswer {}

  /**
   * Any other definite refusal of this request, which must not be polled again.
   *
   * @param error the OAuth error code
   */
  record Refused(int status, String error, @Nullable String description) implements TokenAnswer {}

  /**
   * No answer, or one that says nothing of the request: 5xx, 429 of the whole tenant, a reset, a
   * proxy's page, a refusal of this application as such.
   */
  record Unavailable(String reason, @Nullable Duration retryAfter) implements TokenAnswer {}
}
