package dev.countersign;

<<<<<<< HEAD
/** A setting is missing or wrong: start-up stops, and shows the sentence instead of a trace. */
public final class InvalidSettingException extends RuntimeException {

  /**
   * For one setting.
   *
   * @param sentence names the setting and says what to do; never holds a secret's value
=======
/** A setting is missing or wrong: start-up stops with the sentence, and without a stack trace. */
public final class InvalidSettingException extends RuntimeException {

  /**
   * Says what is wrong.
   *
   * @param sentence names the setting and its environment variable, the rule, and what to do; never
   *     a secret
>>>>>>> wip-edge
   */
  public InvalidSettingException(String sentence) {
    super(sentence);
  }
}
