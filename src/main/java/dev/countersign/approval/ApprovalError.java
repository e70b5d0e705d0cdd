package dev.countersign.approval;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Why there is no approval (yet), as a code that stays the same: for programs that must tell one
 * from another. The first six are those of Auth0's SDKs. The codes live in workflow histories.
 */
public enum ApprovalError {
  /** The user said no. */
  ACCESS_DENIED,
  /** The user has no device on which to be asked. */
  USER_DOES_NOT_HAVE_PUSH_NOTIFICATIONS,
  /** No approval arrived in time. */
  AUTHORIZATION_REQUEST_EXPIRED,
  /** The user has not decided yet. */
  AUTHORIZATION_PENDING,
  /** The provider refused to answer whether the user has decided. */
  AUTHORIZATION_POLLING_ERROR,
  /** The provider doesn't know the request, though none of its answers was missed. */
  INVALID_GRANT,
  /** The provider refused to ask the user. */
  AUTHORIZATION_REQUEST_REFUSED,
  /** What was granted is not what was asked. */
  GRANT_MISMATCH,
  /** The provider could not be reached, or not used. */
  PROVIDER_UNAVAILABLE,
  /** The user may have approved, but the answer was lost on the way. */
  APPROVAL_LOST,
  /** The user may have approved, but the provider could not be asked before the request expired. */
  NOT_ASKED_IN_TIME,
  /** The user was asked too often, or has denied too often; they were not asked this. */
  TOO_MANY_QUESTIONS;

  /** {@code access_denied} and the like. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
