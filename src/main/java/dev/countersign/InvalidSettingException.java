package dev.countersign;

/** A setting is missing or wrong: start-up stops, and shows the sentence instead of a trace. */
public final class InvalidSettingException extends RuntimeException {

  /**
   * For one setting.
   *
   * @param sentence names the setting and says what to do; never holds a secret's value
   */
  public InvalidSettingException(String sentence) {
    super(sentence);
  }
}
