package dev.countersign.keycloak;

/** What the phone tells Keycloak. */
public enum Decision {
  /** The user approves. */
  SUCCEED,
  /** The user denies. */
  UNAUTHORIZED,
  /** The user closes the question. */
  CANCELLED
}
