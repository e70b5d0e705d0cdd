package dev.countersign.ciba;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one request to the backchannel authentication endpoint (CIBA Core 7.3 and 13). */
public sealed interface AuthenticationAnswer {

  /**
   * The user is being asked.
   *
   * @param expiresIn how long the user has, from the sending of the request
   * @param interval least time between two polls; 5 s if the provider named none (CIBA Core 7.3)
   */
  record Accepted(AuthReqId authReqId, Duration expiresIn, Duration interval)
      implements AuthenticationAnswer {}

  /** The provider knows the user, but has no device or channel on which to ask. */
  record NoDevice(String words) implements AuthenticationAnswer {}

  /**
   * The provider says that this request can't be: unknown user, invalid message, wrong client.
   *
   * @param error the OAuth error code, or {@code http_404} and the like where there was none
   * @param description the provider's words; null: none
   */
  record Refused(int status, String error, @Nullable String description)
      implements AuthenticationAnswer {}

  /** No connection was made: nothing was sent, the user was not asked. */
  record NotSent(String reason) implements AuthenticationAnswer {}

  /** 429: too many requests; the user was not asked. */
  record Throttled(@Nullable Duration retryAfter) implements AuthenticationAnswer {}

  /** 503: the provider is overloaded or in maintenance; the user was not asked, most probably. */
  record Overloaded(@Nullable Duration retryAfter) implements AuthenticationAnswer {}

  /**
   * The request was sent and no definite answer came (time-out, reset, 500, 502, 504, unreadable
   * 200): the user may have been asked, but there is no handle to fetch the answer with.
   */
  record Ambiguous(String reason) implements AuthenticationAnswer {}
}
