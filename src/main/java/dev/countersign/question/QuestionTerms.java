package dev.countersign.question;

import java.time.Duration;

/**
 * How often a user may be asked. Lives in histories: new components must be nullable.
 *
 * @param open most questions at a time that a user has not answered; 0: no limit
 * @param holdFor after which a question that nobody answers is no longer among them
 * @param line most questions that wait until one of those is answered
 * @param lineFor how long one waits
 * @param perHour most questions in any hour; 0: no limit
 * @param perDay the same in any 24 hours
 * @param denials so many in a row, within {@code coolDown}, and the user isn't asked for as long;
 *     0: never
 * @param coolDown more than 0
 */
public record QuestionTerms(
    int open,
    Duration holdFor,
    int line,
    Duration lineFor,
    int perHour,
    int perDay,
    int denials,
    Duration coolDown) {
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration DAY = Duration.ofDays(1);

  /** Whether there is any limit. */
  public boolean limitsAnything() {
    return open > 0 || perHour > 0 || perDay > 0 || denials > 0;
  }
}
