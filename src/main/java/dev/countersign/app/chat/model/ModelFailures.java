package dev.countersign.app.chat.model;

import dev.countersign.app.chat.model.wire.ModelServerException;
import dev.countersign.app.chat.model.wire.ModelSilentException;
import dev.countersign.app.chat.model.wire.ModelUnreachableException;
import dev.countersign.app.chat.model.wire.UnreadableAnswerException;
import dev.countersign.http.Words;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the exceptions of a model mean for the conversation. The server's words are looked at, for
 * there is no standard of error codes: OpenAI's are in the body of the answer. The operator is told
 * in one line, with the setting to look at.
 */
final class ModelFailures {
  private static final Logger log = LoggerFactory.getLogger(ModelFailures.class);
  private static final int PAYMENT_REQUIRED = 402;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int REDIRECTS = 3;
  private static final int CLIENT_ERRORS = 4;
  private static final int SERVER_ERROR = 500;
  private static final int HUNDRED = 100;

  /** A dead address is told soon: whoever waits has to know. */
  private static final Duration UNREACHABLE_AFTER = Duration.ofMillis(2_500);

  private static final Duration SOON = Duration.ofSeconds(1);

  /** Beyond the time of one answer. */
  private static final Duration FOR_FURTHER_ATTEMPTS = Duration.ofSeconds(15);

  /** Of what a model gets right the next time, or never. */
  private static final int MOST_ATTEMPTS = 3;

  /** OpenAI's code, then the words of vLLM, llama.cpp, LM Studio, Mistral, Anthropic, Google. */
  private static final Pattern TOO_LONG =
      Pattern.compile(
          "context_length_exceeded|string_above_max_length|exceed_context_size"
              + "|ContextWindowExceeded|context (length|window|size)|prompt is too long"
              + "|input is too long|too many (input )?tokens|too large for model"
              + "|input token count|exceeds? the (maximum|available) context",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NO_QUOTA =
      Pattern.compile(
          "insufficient_quota|billing_hard_limit|credit balance is too low|insufficient balance"
              + "|insufficient credits|budget.?exceeded|budget has been exceeded|crossed (its |the )?budget"
              + "|exceeded your (current|monthly) (quota|budget|limit)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern REFUSED =
      Pattern.compile("content_filter|content_policy|content management policy|data_inspection");

  /** The model's own mistake in a call, which its server won't pass on (Groq, llama.cpp). */
  private static final Pattern CALL_SPOILT =
      Pattern.compile(
          "tool_use_failed|failed to call a function|failed to parse tool call",
          Pattern.CASE_INSENSITIVE);

  /** Templates of models refuse an order of messages with these; llama.cpp and Ollama by a 500. */
  private static final Pattern TEMPLATE =
      Pattern.compile(
          "jinja|chat template|template error|roles must alternate|raise_exception",
          Pattern.CASE_INSENSITIVE);

  private final String address;
  private final Duration giveUpAfter;

  ModelFailures(ModelProperties properties) {
    address = String.valueOf(properties.baseUrl());
    giveUpAfter =
        Optional.ofNullable(properties.answerTimeout())
            .orElse(Duration.ZERO)
            .plus(FOR_FURTHER_ATTEMPTS);
  }

  /**
   * Whether the server has refused the form of a request, so that another may be taken: of the
   * history, or of the way in which tools are declared.
   */
  static boolean isOfTheForm(RuntimeException e) {
    int status = status(e);
    String words = words(e);
    boolean refused =
        (status / HUNDRED == CLIENT_ERRORS
                && e instanceof NonRetriableException
                && !(e instanceof AuthenticationException)
                && !(e instanceof ModelNotFoundException)
                && status != PAYMENT_REQUIRED
                && status != CONTENT_TOO_LARGE)
            || (status == SERVER_ERROR && TEMPLATE.matcher(words).find());
    return refused
        && !TOO_LONG.matcher(words).find()
        && !NO_QUOTA.matcher(words).find()
        && !REFUSED.matcher(words).find()
        && !CALL_SPOILT.matcher(words).find();
  }

  /** The failure to end the attempt with; tells the operator what only they can put right. */
  ApplicationFailure of(RuntimeException e, Effort effort) {
    String words = words(e);
    int status = status(e);
    return switch (e) {
      case UnreadableAnswerException unreadable -> {
        log.error(
            "What answers at {} doesn't answer as a model's server (HTTP {}, \"{}\"): check"
                + " OPENAI_BASE_URL, which mostly ends in /v1",
            address,
            unreadable.status(),
            shown(e));
        yield ModelTrouble.UNREADABLE.failure(shown(e));
      }
      case ToolMarkupException _ -> {
        log.error(
            "The model called tools, and its server at {} passed that on as text: switch on its"
                + " tool parser (vLLM: --enable-auto-tool-choice and --tool-call-parser; llama.cpp:"
                + " --jinja), or set OPENAI_MODEL to a model whose tools it reads",
            address);
        yield ModelTrouble.NO_TOOL_PARSER.failure("The model's server doesn't read its tool calls");
      }
      case ModelUnreachableException _, UnresolvedModelServerException _ -> unreachable(e, effort);
      case AuthenticationException _ when !NO_QUOTA.matcher(words).find() -> {
        log.error(
            "The model's server at {} refused the API key (HTTP {}): check OPENAI_API_KEY, and"
                + " OPENAI_BASE_URL where the key is for",
            address,
            status);
        // the server's words may hold a part of the key
        yield ModelTrouble.NOT_SET_UP.failure("The model refused the API key");
      }
      case ModelNotFoundException _ -> {
        log.error(
            "The model's server at {} knows no such model or address (\"{}\"): check OPENAI_MODEL"
                + " and OPENAI_BASE_URL",
            address,
            shown(e));
        yield ModelTrouble.NOT_SET_UP.failure(shown(e));
      }
      case RuntimeException _ when status == PAYMENT_REQUIRED || NO_QUOTA.matcher(words).find() -> {
        log.error(
            "The quota of the model's account at {} is used up (HTTP {}): check the account of"
                + " OPENAI_API_KEY",
            address,
            status);
        yield ModelTrouble.NO_QUOTA.failure("The quota of the model's account is used up");
      }
      case ContentFilteredException _ -> ModelTrouble.REFUSED.failure(shown(e));
      case RuntimeException _ when CALL_SPOILT.matcher(words).find() ->
          effort.attempt() < MOST_ATTEMPTS ? passing(e, SOON) : spoilt(e);
      case RuntimeException _ when status == CONTENT_TOO_LARGE || isTooLong(e, words) ->
          ModelTrouble.TOO_LONG.failure(shown(e));
      case NonRetriableException _ when REFUSED.matcher(words).find() ->
          ModelTrouble.REFUSED.failure(shown(e));
      case RuntimeException _ when isFinal(e, status) -> {
        log.error(
            "The model's server at {} refused the request ({}, \"{}\"): check OPENAI_MODEL and"
                + " OPENAI_BASE_URL",
            address,
            status == 0 ? e.getClass().getSimpleName() : "HTTP " + status,
            shown(e));
        yield ModelTrouble.NOT_SET_UP.failure(shown(e));
      }
      default -> mayPass(e, effort);
    };
  }

  private static boolean isTooLong(RuntimeException e, String words) {
    return (e instanceof NonRetriableException || status(e) == SERVER_ERROR)
        && TOO_LONG.matcher(words).find();
  }

  private static boolean isFinal(RuntimeException e, int status) {
    return e instanceof NonRetriableException
        || status / HUNDRED == REDIRECTS
        || TEMPLATE.matcher(words(e)).find();
  }

  private ApplicationFailure spoilt(RuntimeException e) {
    log.error(
        "The model's server at {} couldn't read the model's calls of tools, {} times (\"{}\"): set"
            + " OPENAI_MODEL to a model that calls them better",
        address,
        MOST_ATTEMPTS,
        shown(e));
    return ModelTrouble.UNREADABLE.failure(shown(e));
  }

  private ApplicationFailure unreachable(RuntimeException e, Effort effort) {
    if (effort.time().compareTo(UNREACHABLE_AFTER) < 0) {
      return passing(e, SOON); // a server that is started anew is there again
    }
    log.error(
        "The model's server at {} can't be reached ({}): check OPENAI_BASE_URL", address, shown(e));
    return ModelTrouble.AWAY.failure(shown(e));
  }

  private ApplicationFailure mayPass(RuntimeException e, Effort effort) {
    Duration wanted = retryAfter(e);
    if (effort.time().plus(wanted == null ? SOON : wanted).compareTo(giveUpAfter) < 0) {
      return passing(e, wanted);
    }
    log.error(
        "The model's server at {} didn't answer in {} ({})",
        address,
        giveUpAfter,
        e instanceof ModelSilentException ? shown(e) : "HTTP " + status(e) + ", " + shown(e));
    return (e instanceof RateLimitException ? ModelTrouble.BUSY : ModelTrouble.AWAY)
        .failure(shown(e));
  }

  /**
   * Of an attempt after which there is another.
   *
   * @param after when; null: as Temporal does
   */
  private static ApplicationFailure passing(RuntimeException e, @Nullable Duration after) {
    var failure =
        ApplicationFailure.newBuilder()
            .setMessage(shown(e))
            .setType(e.getClass().getSimpleName())
            .setCategory(ApplicationErrorCategory.BENIGN);
    if (after != null && after.isPositive()) {
      failure.setNextRetryDelay(after);
    }
    return failure.build();
  }

  private static @Nullable Duration retryAfter(Throwable e) {
    return Optional.ofNullable(server(e)).map(ModelServerException::retryAfter).orElse(null);
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

  private static String words(Throwable e) {
    ModelServerException server = server(e);
    return server == null ? String.valueOf(e.getMessage()) : server.body();
  }

  private static @Nullable ModelServerException server(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ModelServerException server) {
        return server;
      }
    }
    return null;
  }

  private static String shown(RuntimeException e) {
    ModelServerException server = server(e);
    String words = Words.clean(server == null ? e.getMessage() : server.getMessage());
    return words == null ? e.getClass().getSimpleName() : words;
  }
}
