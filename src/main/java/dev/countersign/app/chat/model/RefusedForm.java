package dev.countersign.app.chat.model;

import java.util.Set;

/**
 * Whether a server has refused the form of a request, so that another may be taken: of the history,
 * or of the way in which tools are declared.
 */
final class RefusedForm {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int UNPROCESSABLE = 422;
  private static final int SERVER_ERROR = 500;

  private RefusedForm() {}

  /** Whether an exception says so. */
  static boolean isIn(RuntimeException e) {
    ServerWords words = ServerWords.of(e);
    if (words.sayNoCallAllowed()) {
      return true;
    }
    return switch (words.status()) {
      case BAD_REQUEST, UNPROCESSABLE, SERVER_ERROR ->
          ModelFault.of(e, words) == ModelFault.NOT_TAKEN;
      case NOT_FOUND -> words.nameToolChoice(); // OpenRouter: no endpoint has it
      default -> false;
    };
  }

  /**
   * Whether the server always refuses that no tool is to be called. That the model has called one
   * all the same may be otherwise the next time.
   */
  static boolean isOfTheToolChoice(RuntimeException e) {
    ServerWords words = ServerWords.of(e);
    return words.nameToolChoice() && !words.sayNoCallAllowed();
  }

  /** Whether it is of the history that it was refused, and not of what the model did with it. */
  static boolean isOfTheHistory(RuntimeException e) {
    return !ServerWords.of(e).sayNoCallAllowed();
  }

  /**
   * Whether the server always refuses what came beside earlier answers.
   *
   * @param names of the members of its own that it was sent back
   */
  static boolean isOfTheExtras(RuntimeException e, Set<String> names) {
    String text = ServerWords.of(e).text();
    return names.stream().anyMatch(text::contains);
  }
}
