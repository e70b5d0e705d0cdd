package dev.countersign.app.signout;

/**
 * What has ended of logins.
 *
 * @param what which sessions it ends
 * @param digest stands for the session, the session at the provider, or the user
 * @param before sessions of logins up to this time, in seconds since 1970, by the provider's clock
 * @param until when all of these are over anyway, in seconds since 1970
 */
public record SignOut(What what, String digest, long before, long until) {

  /** Which sessions a sign-out ends. */
  public enum What {
    /** One. */
    SESSION,
    /** All that began in one session at the provider. */
    PROVIDER_SESSION,
    /** All of a user's. */
    USER
  }

  /** Whether both are of the same sessions, but for the time. */
  boolean isLike(SignOut other) {
    return what == other.what && digest.equals(other.digest);
  }

  /** Ends what either does. */
  SignOut and(SignOut other) {
    return new SignOut(what, digest, Math.max(before, other.before), Math.max(until, other.until));
  }
}
