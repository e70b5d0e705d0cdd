package dev.countersign.temporal;

/** Start-up can't go on with the Temporal server as it is. */
final class TemporalStartException extends RuntimeException {
  private final String action;

  /**
   * Says what is wrong.
   *
   * @param sentence what is wrong
   * @param action what to do
   */
  TemporalStartException(String sentence, String action) {
    super(sentence);
    this.action = action;
  }

  String action() {
    return action;
  }
}
