package dev.countersign.guard;

/**
 * The API that a guarded method calls doesn't accept the approved token (HTTP 401 with {@code
 * invalid_token}, say), so that <b>certainly nothing was done</b>. After a remembered approval the
 * user is asked afresh; after their own they are asked once more, if the settings let them, for
 * another token.
 */
public class TokenNotAcceptedException extends RuntimeException {

  /**
   * Nothing was done.
   *
   * @param message why, without a secret
   */
  public TokenNotAcceptedException(String message) {
    super(message);
  }

  /**
   * Nothing was done.
   *
   * @param message why, without a secret
   */
  public TokenNotAcceptedException(String message, Throwable cause) {
    super(message, cause);
  }
}
