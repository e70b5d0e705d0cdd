package dev.countersign.app.chat.model;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator, in one line, what only they can put right, and which setting to look at. */
final class OperatorLog {
  private static final Logger log = LoggerFactory.getLogger(OperatorLog.class);

  private final String address;

  /**
   * Of one server.
   *
   * @param address of it
   */
  OperatorLog(String address) {
    this.address = address;
  }

  /**
   * A fault after which the model isn't asked again.
   *
   * @param status of HTTP; 0: there was no answer
   * @param words the first of the server's
   */
  void tell(ModelFault fault, int status, String words) {
    switch (fault) {
      case NO_MODEL_SERVER ->
          log.error(
              "What answers at {} doesn't answer as a model's server (HTTP {}, \"{}\"): check"
                  + " OPENAI_BASE_URL, which mostly ends in /v1",
              address,
              status,
              words);
      case UNREACHABLE ->
          log.error(
              "The model's server at {} can't be reached ({}): check OPENAI_BASE_URL, and what is"
                  + " behind it",
              address,
              words);
      case KEY_REFUSED ->
          log.error(
              "The model's server at {} refused the API key (HTTP {}): check OPENAI_API_KEY, and"
                  + " OPENAI_BASE_URL where the key is for",
              address,
              status);
      case NO_SUCH_MODEL ->
          log.error(
              "The model's server at {} knows no such model or address (\"{}\"): check OPENAI_MODEL"
                  + " and OPENAI_BASE_URL",
              address,
              words);
      case NO_QUOTA ->
          log.error(
              "The quota of the model's account at {} is used up (HTTP {}): check the account of"
                  + " OPENAI_API_KEY",
              address,
              status);
      case CALLS_AS_TEXT -> noTools("they came as text");
      case NO_TOOLS -> noTools(words);
      case CALL_SPOILT ->
          log.error(
              "The model's server at {} couldn't read the model's calls of tools, {} times (\"{}\"):"
                  + " set OPENAI_MODEL to a model that calls them better",
              address,
              ModelFailures.MOST_ATTEMPTS,
              words);
      case NOT_TAKEN ->
          log.error(
              "The model's server at {} refused the request ({}, \"{}\"): check OPENAI_MODEL and"
                  + " OPENAI_BASE_URL",
              address,
              status == 0 ? "no HTTP status" : "HTTP " + status,
              words);
      case TOO_LONG, REFUSED, PASSING -> {} // nothing to put right
    }
  }

  private void noTools(String why) {
    log.error(
        "The model's server at {} doesn't take the model's calls of tools ({}): switch on its tool"
            + " parser (vLLM: --enable-auto-tool-choice and --tool-call-parser; llama.cpp:"
            + " --jinja), or set OPENAI_MODEL to a model whose tools it reads",
        address,
        why);
  }

  /**
   * The server takes no more requests.
   *
   * @param wanted for how long
   */
  void tellBusy(Duration wanted, int status, String words) {
    log.error(
        "The model's server at {} wants to be left alone for {} (HTTP {}, {}), which is longer than"
            + " a user waits: check OPENAI_MODEL and the account's limits",
        address,
        wanted,
        status,
        words);
  }

  /**
   * No answer came.
   *
   * @param within the time that a user waits
   * @param words what came instead
   */
  void tellSilent(Duration within, String words) {
    log.error("The model's server at {} didn't answer in {} ({})", address, within, words);
  }
}
