package dev.countersign.ciba;

/** How the {@code login_hint} names the user; CIBA Core 7.1 leaves it to the provider. */
public enum LoginHintFormat {
  /** Auth0: the JSON text {@code {"format":"iss_sub","iss":"<issuer>","sub":"<userID>"}}. */
  ISS_SUB,
  /** The user's id as it stands. */
  PLAIN
}
