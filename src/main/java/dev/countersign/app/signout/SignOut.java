package dev.countersign.app.signout;

import org.jspecify.annotations.Nullable;

/**
 * What has ended of logins.
 *
 * @param what which sessions it ends
 * @param digest stands for the session, the session at the provider, or the user
 * @param before sessions of logins up to this time, in seconds since 1970, by the provider's clock
 * @param until when all of these are over anyway, in seconds since 1970
 * @param user stands for the user whose session it was; null: not known, or the digest does
 */
public record SignOut(What what, String digest, long before, long until, @Nullable String user) {

  /** Which sessions a sign-out ends. */
  public enum What {
    /** One. */
    SESSION,
    /** All that began in one session at the provider. */
    PROVIDER_SESSION,
    /** All of a user's of which no session at the provider is known. */
    UNNAMED,
    /** All of a user's. */
    USER
  }

  /** Whether both are of the same sessions, but for the time. */
  boolean isLike(SignOut other) {
    return what == other.what && digest.equals(other.digest);
  }

  /** Ends all sessions of that user that are as old. */
  SignOut allOf(String itsUser) {
    return new SignOut(What.USER, itsUser, before, until, null);
  }

  /** Ends what either does. */
  SignOut and(SignOut other) {
    return new SignOut(
        what, digest, Math.max(before, other.before), Math.max(until, other.until), user);
  }
}
