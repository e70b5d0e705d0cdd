package dev.countersign.message;

/**
 * A value as a message is to show it.
 *
 * @param text not empty
 */
public record Shown(Kind kind, String text) {

  /** What a value is like, which says what it could be taken for. */
  public enum Kind {
    /** Digits, shown as they are. */
    NUMBER,
    /** Anything: spelled in the characters that are allowed, and watched for what it imitates. */
    TEXT,
    /** Of a form that can't mislead, such as a date or an account number; shown as it is. */
    EXACT
  }
}
