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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
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
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY_REQUESTS = 429;
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

  /** Gemini says of a limit a minute, too, that a quota is exceeded, and when it is there again. */
  private static final Pattern RETRY_IN =
      Pattern.compile(
          "retry in (\\d{1,5})|\"retryDelay\":\\s*\"(\\d{1,5})", Pattern.CASE_INSENSITIVE);

  private static final Pattern REFUSED =
      Pattern.compile(
          "content_filter|content.?policy|content management policy|data_inspection"
              + "|invalid_prompt|usage policy|content filtering policy|flagged",
          Pattern.CASE_INSENSITIVE);

  /** The model's own mistake in a call, which its server won't pass on (Groq, llama.cpp). */
  private static final Pattern CALL_SPOILT =
      Pattern.compile(
          "tool_use_failed|failed to call a function|failed to parse tool call"
              + "|error parsing tool call|failed to parse input at|output_parse_failed"
              + "|malformed_function_call",
          Pattern.CASE_INSENSITIVE);

  /** Said where no call was allowed: another form allows it. */
  private static final Pattern NO_CALL_ALLOWED =
      Pattern.compile("tool.?choice is none", Pattern.CASE_INSENSITIVE);

  /** The model's tools aren't switched on at its server, in its words. */
  private static final Pattern NO_TOOLS =
      Pattern.compile(
          "enable-auto-tool-choice|requires --jinja|does not support tools",
          Pattern.CASE_INSENSITIVE);

  /** Google refuses a key by 400. */
  private static final Pattern KEY_REFUSED =
      Pattern.compile("api key not valid|API_KEY_INVALID", Pattern.CASE_INSENSITIVE);

  /** Of gateways and crowded servers: they say nothing of the request. */
  private static final Set<Integer> PASSING = Set.of(409, 424, 425, 498, 499);

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
    if (NO_CALL_ALLOWED.matcher(words).find()) {
      return true;
    }
    boolean refused =
        switch (status) {
          case BAD_REQUEST, UNPROCESSABLE -> e instanceof NonRetriableException;
          case NOT_FOUND -> words.contains("tool_choice"); // OpenRouter: no endpoint has it
          case SERVER_ERROR -> TEMPLATE.matcher(words).find();
          default -> false;
        };
    return refused
        && !TOO_LONG.matcher(words).find()
        && !NO_QUOTA.matcher(words).find()
        && !REFUSED.matcher(words).find()
        && !CALL_SPOILT.matcher(words).find()
        && !KEY_REFUSED.matcher(words).find()
        && !NO_TOOLS.matcher(words).find();
  }

  /** Whether it was the choice of tools that was refused. */
  static boolean isOfTheToolChoice(RuntimeException e) {
    String words = words(e).toLowerCase(Locale.ROOT);
    return words.contains("tool_choice")
        || words.contains("tool choice")
        || words.contains("tools");
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
      case ToolMarkupException _ ->
          effort.attempt() < MOST_ATTEMPTS ? passing(e, SOON) : noTools("they came as text");
      case ModelUnreachableException _, UnresolvedModelServerException _ -> unreachable(e, effort);
      case RuntimeException _ when PASSING.contains(status) || isLimitOfTime(status, words) ->
          mayPass(e, effort);
      case RuntimeException _ when isKeyRefused(e, words) -> {
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
      case RuntimeException _ when NO_TOOLS.matcher(words).find() -> noTools(shown(e));
      case RuntimeException _ when CALL_SPOILT.matcher(words).find() ->
          effort.attempt() < MOST_ATTEMPTS ? passing(e, SOON) : spoilt(e);
      case RuntimeException _ when status == CONTENT_TOO_LARGE || isTooLong(e, words) ->
          ModelTrouble.TOO_LONG.failure(shown(e));
      case RuntimeException _
          when (e instanceof NonRetriableException || e instanceof AuthenticationException)
              && REFUSED.matcher(words).find() ->
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

  private static boolean isLimitOfTime(int status, String words) {
    return status == TOO_MANY_REQUESTS
        && RETRY_IN.matcher(words).find()
        && !words.contains("insufficient_quota");
  }

  private static boolean isKeyRefused(RuntimeException e, String words) {
    return KEY_REFUSED.matcher(words).find()
        || (e instanceof AuthenticationException
            && !NO_QUOTA.matcher(words).find()
            && !REFUSED.matcher(words).find()
            && !TOO_LONG.matcher(words).find());
  }

  private ApplicationFailure noTools(String words) {
    log.error(
        "The model's server at {} doesn't take the model's calls of tools ({}): switch on its tool"
            + " parser (vLLM: --enable-auto-tool-choice and --tool-call-parser; llama.cpp:"
            + " --jinja), or set OPENAI_MODEL to a model whose tools it reads",
        address,
        words);
    return ModelTrouble.NO_TOOL_PARSER.failure("The model's server doesn't read its tool calls");
  }

  private static boolean isTooLong(RuntimeException e, String words) {
    return (e instanceof NonRetriableException
            || e instanceof AuthenticationException
            || status(e) == SERVER_ERROR)
        && TOO_LONG.matcher(words).find();
  }

  private static boolean isFinal(RuntimeException e, int status) {
    return e instanceof NonRetriableException
        || status / HUNDRED == REDIRECTS
        || (status == SERVER_ERROR && TEMPLATE.matcher(words(e)).find());
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
    boolean tookItsTime = effort.time().compareTo(giveUpAfter.minus(FOR_FURTHER_ATTEMPTS)) >= 0;
    Duration next = effort.time().plus(wanted == null ? SOON : wanted);
    if (next.compareTo(giveUpAfter) < 0 && !(e instanceof ModelSilentException && tookItsTime)) {
      return passing(e, wanted);
    }
    if (wanted != null) {
      log.error(
          "The model's server at {} wants to be left alone for {} (HTTP {}, {}), which is longer"
              + " than a user waits: check OPENAI_MODEL and the account's limits",
          address,
          wanted,
          status(e),
          shown(e));
      return ModelTrouble.BUSY.failure(shown(e));
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
    ModelServerException server = server(e);
    if (server == null || server.retryAfter() != null) {
      return server == null ? null : server.retryAfter();
    }
    Matcher named = RETRY_IN.matcher(server.body());
    if (!named.find()) {
      return null;
    }
    String seconds = named.group(1) == null ? named.group(2) : named.group(1);
    return Duration.ofSeconds(Long.parseLong(seconds) + 1); // a part of a second is left out
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
