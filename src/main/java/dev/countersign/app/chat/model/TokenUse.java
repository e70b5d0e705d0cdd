package dev.countersign.app.chat.model;

/**
 * The tokens of a model call, as the model's server counts them.
 *
 * @param input of what the model was given
 * @param output of what it answered
 */
public record TokenUse(int input, int output) {
  /** Of no call. */
  public static final TokenUse NONE = new TokenUse(0, 0);

  /** Of both together. */
  public TokenUse plus(TokenUse more) {
    return new TokenUse(input + more.input, output + more.output);
  }
}
