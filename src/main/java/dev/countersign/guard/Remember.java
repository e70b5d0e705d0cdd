package dev.countersign.guard;

/**
 * Whether a call is covered by an earlier approval of an equal one. The names live in histories:
 * never change one.
 */
public enum Remember {
  /** The user is asked for each call. */
  NEVER,
  /** An approval covers later calls in the same conversation of the same user. */
  CONVERSATION,
  /** An approval covers later calls of the same user, wherever they make them. */
  USER
}
