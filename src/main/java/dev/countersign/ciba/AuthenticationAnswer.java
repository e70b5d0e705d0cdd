package dev.countersign.ciba;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one request to the backchannel authentication endpoint (CIBA Core 7.3 and 13). */
public sealed interface AuthenticationAnswer {

  /** Error code of an acceptance that can't be used: the request is never polled. */
  String INVALID_RESPONSE = "invalid_response";

  /**
   * The user is being asked.
   *
   * @param expiresIn how long the user has, from the sending of the request
   * @param interval least time between two polls; 5 s if the provider named none, or none above 0
   *     (CIBA Core 7.3); in ping mode it may be longer than the user has
   */
  record Accepted(AuthReqId authReqId, Duration expiresIn, Duration interval)
      implements AuthenticationAnswer {}

  /** The provider knows the user, but has no device or channel on which to ask. */
  record NoDevice(String words) implements AuthenticationAnswer {}

  /**
   * The provider says that this request can't be: unknown user, invalid message, wrong client. Or
   * its acceptance can't be used: it lacks {@code auth_req_id} or {@code expires_in}, or has an
   * interval so long that it could never be polled.
   *
   * @param error the OAuth error code; {@link #INVALID_RESPONSE} for an acceptance that can't be
   *     used
   * @param description the provider's words, or what is wrong with its acceptance; null: none
   */
  record Refused(int status, String error, @Nullable String description)
      implements AuthenticationAnswer {}

  /** No connection was made: nothing was sent, the user was not asked. */
  record NotSent(String reason) implements AuthenticationAnswer {}

  /**
   * Whoever answered did not act on the request, and it need not have been the provider: a
   * redirect, a 404, a gateway's page. The user was not asked.
   */
  record NotAsked(String reason, @Nullable Duration retryAfter) implements AuthenticationAnswer {}

  /** 429: too many requests; the user was not asked. */
  record Throttled(@Nullable Duration retryAfter) implements AuthenticationAnswer {}

  /**
   * The request was sent and no definite answer came (time-out, reset, 5xx, unreadable 200, which
   * is HTML, cut off, or too long): the user may have been asked, but there is no handle to fetch
   * the answer with.
   *
   * @param retryAfter when the provider wants to be asked again; null: not said
   */
  record Ambiguous(String reason, @Nullable Duration retryAfter) implements AuthenticationAnswer {

    /** Nothing is said of when to ask again. */
    public Ambiguous(String reason) {
      this(reason, null);
    }
  }
}
