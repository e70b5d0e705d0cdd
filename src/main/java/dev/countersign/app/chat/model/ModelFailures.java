package dev.countersign.app.chat.model;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import io.temporal.failure.ApplicationFailure;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the exceptions of LangChain4j mean for the conversation. The server's words are looked at,
 * for there is no standard of error codes: OpenAI's are in the body of the answer.
 */
final class ModelFailures {
  private static final Logger log = LoggerFactory.getLogger(ModelFailures.class);
  private static final int MAX_WORDS = 500;
  private static final int PAYMENT_REQUIRED = 402;
  private static final int CONTENT_TOO_LARGE = 413;

  /** OpenAI's code, then the words of vLLM, llama.cpp, LM Studio, Mistral, Anthropic, Google. */
  private static final Pattern TOO_LONG =
      Pattern.compile(
          "context_length_exceeded|string_above_max_length|exceed_context_size"
              + "|context (length|window|size)|prompt is too long|input is too long"
              + "|too many (input )?tokens|too large for model|input token count",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NO_QUOTA =
      Pattern.compile(
          "insufficient_quota|billing_hard_limit|credit balance is too low|insufficient balance",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern REFUSED =
      Pattern.compile("content_filter|content_policy|content management policy");

  private ModelFailures() {}

  /** The failure to end the attempt with; tells the operator what only they can put right. */
  static ApplicationFailure of(RuntimeException e) {
    String words = String.valueOf(e.getMessage());
    int status = status(e);
    return switch (e) {
      case UnresolvedModelServerException _ -> mayPass(e); // a name server may know it again soon
      case AuthenticationException _ -> {
        log.error(
            "The model's server refused the API key: check OPENAI_API_KEY, and OPENAI_BASE_URL"
                + " where the key is for");
        // the server's words may hold a part of the key
        yield ModelTrouble.NOT_SET_UP.failure("The model refused the API key");
      }
      case ModelNotFoundException _ -> {
        log.error(
            "The model's server knows no such model or address: check OPENAI_MODEL and"
                + " OPENAI_BASE_URL");
        yield ModelTrouble.NOT_SET_UP.failure(shortened(words));
      }
      case RuntimeException _ when status == PAYMENT_REQUIRED || NO_QUOTA.matcher(words).find() -> {
        log.error(
            "The quota of the model's account is used up: check the account of OPENAI_API_KEY");
        yield ModelTrouble.NO_QUOTA.failure("The quota of the model's account is used up");
      }
      case ContentFilteredException _ -> ModelTrouble.REFUSED.failure(shortened(words));
      case NonRetriableException _
          when status == CONTENT_TOO_LARGE || TOO_LONG.matcher(words).find() ->
          ModelTrouble.TOO_LONG.failure(shortened(words));
      case NonRetriableException _ when REFUSED.matcher(words).find() ->
          ModelTrouble.REFUSED.failure(shortened(words));
      case NonRetriableException _ -> {
        log.error(
            "The model's server refused the request ({}): check OPENAI_MODEL and OPENAI_BASE_URL",
            status == 0 ? e.getClass().getSimpleName() : "HTTP " + status);
        yield ModelTrouble.NOT_SET_UP.failure(shortened(words));
      }
      default -> mayPass(e);
    };
  }

  private static ApplicationFailure mayPass(RuntimeException e) {
    return ApplicationFailure.newFailure(
        shortened(String.valueOf(e.getMessage())), e.getClass().getSimpleName());
  }

  /** The HTTP status of the answer; 0: there was none. */
  private static int status(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpException http) {
        return http.statusCode();
      }
    }
    return 0;
  }

  private static String shortened(String words) {
    return words.substring(0, Math.min(words.length(), MAX_WORDS));
  }
}
