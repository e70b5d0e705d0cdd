package dev.countersign.guard;

import org.jspecify.annotations.Nullable;

/** What a tool means that isn't code of this application, when it says that it has failed. */
public final class ReportedFailure {
  private static final int MOST_WORDS = 500;

  private ReportedFailure() {}

  /**
   * The exception that says it to the guard. Whether anything was done, such a failure doesn't say,
   * unless the tool is code that knows the guard's exceptions.
   *
   * @param cause what the tool's own code has thrown; null: that isn't known
   * @param words the tool's, which may repeat the token; null: it has none
   * @param call under which it was run
   */
  public static RuntimeException of(
      @Nullable Throwable cause, @Nullable String words, ApprovedCall call) {
    return switch (cause) {
      case NotDoneException notDone -> notDone;
      case RefusedException refused -> refused;
      case TokenNotAcceptedException notAccepted -> notAccepted;
      case OutcomeUnknownException unknown -> unknown;
      case null, default -> new OutcomeUnknownException(sentence(words, call), null);
    };
  }

  /** Cut only after the token is out: half of one is still a secret. */
  private static String sentence(@Nullable String words, ApprovedCall call) {
    if (words == null || words.isBlank()) {
      return "The tool says that it has failed";
    }
    String said = call.token() == null ? words : words.replace(call.token(), "[token]");
    return "The tool says that it has failed: "
        + (said.length() > MOST_WORDS ? said.substring(0, MOST_WORDS) + "…" : said);
  }
}
