package dev.countersign.security;

/**
 * The user on whose behalf a request came, from the verified login and nothing else.
 *
 * @param sub the {@code sub} claim; the {@code userID} of the CIBA request
 */
public record Caller(String sub) {

  /** Stands for the user in workflow ids and search attributes, where no text of theirs may be. */
  public String digest() {
    return Digest.of(sub);
  }
}
