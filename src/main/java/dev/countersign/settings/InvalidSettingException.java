package dev.countersign.settings;

/** A setting is missing or wrong: start-up stops with the sentence, and without a stack trace. */
public final class InvalidSettingException extends RuntimeException {

  /**
   * Says what is wrong.
   *
   * @param sentence names the setting and its environment variable, the rule, and what to do; never
   *     a secret
   */
  public InvalidSettingException(String sentence) {
    super(sentence);
  }
}
