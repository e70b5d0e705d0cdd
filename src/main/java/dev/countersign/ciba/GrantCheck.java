package dev.countersign.ciba;

/** Whether what was granted is what was asked. */
public sealed interface GrantCheck {
  /**
   * It is.
   *
   * @param facts what it says of who approved
   */
  record Valid(GrantFacts facts) implements GrantCheck {

    /** Of whom nothing is known. */
    public Valid() {
      this(GrantFacts.NONE);
    }
  }

  /**
   * It is not, or the ID token is not to be trusted.
   *
   * @param reason a sentence for the operator and the user, without any token in it
   */
  record Invalid(String reason) implements GrantCheck {}

  /**
   * The provider's keys could not be fetched, or lack a new one: nothing is known yet, ask again.
   */
  record KeysUnavailable(String reason) implements GrantCheck {}
}
