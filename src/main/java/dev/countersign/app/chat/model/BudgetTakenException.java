package dev.countersign.app.chat.model;

import java.io.Serial;

/** What is left of a user's budget may be used up by answers that are being given. */
final class BudgetTakenException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  BudgetTakenException() {
    super("Other answers may use up what is left of the user's budget");
  }
}
