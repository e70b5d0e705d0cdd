package dev.countersign.app.chat.model;

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
}
