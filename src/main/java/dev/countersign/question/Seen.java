package dev.countersign.question;

import java.time.Instant;

/**
 * How a workflow stands that has asked a user. Lives in histories.
 *
 * @param id the workflow id
 * @param hasEnded whether it waits for an answer no more
 * @param at when it ended, or was looked at
 */
public record Seen(String id, boolean hasEnded, Answer answer, Instant at) {

  /** What the user said. The names live in histories: never change one. */
  public enum Answer {
    APPROVED,
    DENIED,
    /** Nothing, as far as is known. */
    NONE
  }
}
