package dev.countersign.app.chat.model;

import dev.countersign.app.chat.model.wire.ErrorWords;
import dev.countersign.app.chat.model.wire.ModelServerException;
import dev.countersign.app.chat.model.wire.UnreadableAnswerException;
import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model's server says of an error. There is no standard of error codes, so that its words
 * are looked at too: its own, for those that it repeats of the user's may say anything.
 *
 * @param status of HTTP; 0: there was no answer
 * @param text its words; a line for each part of them
 * @param retryAfter how long it wants to be left alone; null: it doesn't say
 */
record ServerWords(int status, String text, @Nullable Duration retryAfter) {
  private static final int TOO_MANY_REQUESTS = 429;

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
      Pattern.compile("retry in (\\d{1,5})", Pattern.CASE_INSENSITIVE);

  private static final Pattern REFUSED =
      Pattern.compile(
          "content_filter|content.?policy|content management policy|data_inspection"
              + "|invalid_prompt|usage policy|content filtering policy|flagged",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CALL_SPOILT =
      Pattern.compile(
          "tool_use_failed|failed to call a function|failed to parse tool call"
              + "|error parsing tool call|failed to parse input at|output_parse_failed"
              + "|malformed_function_call",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NO_CALL_ALLOWED =
      Pattern.compile("tool.?choice is none", Pattern.CASE_INSENSITIVE);

  private static final Pattern TOOL_CHOICE =
      Pattern.compile("tool.choice", Pattern.CASE_INSENSITIVE);

  private static final Pattern NO_TOOLS =
      Pattern.compile(
          "enable-auto-tool-choice|requires --jinja"
              + "|does not support (tools|parameters: \\['tools')",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern KEY_REFUSED =
      Pattern.compile(
          "api key not valid|API_KEY_INVALID|no connected db", Pattern.CASE_INSENSITIVE);

  private static final Pattern AWAY_BEHIND =
      Pattern.compile("litellm\\.\\w+: .{0,500}?(Connection error|Cannot connect to host)");

  private static final Pattern TEMPLATE =
      Pattern.compile(
          "jinja|chat template|template error|roles must alternate|raise_exception",
          Pattern.CASE_INSENSITIVE);

  /** Of what a call of the model has failed with. */
  static ServerWords of(Throwable e) {
    int status = 0;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ModelServerException server) {
        String words = ErrorWords.in(server.body());
        return new ServerWords(
            server.statusCode(),
            words,
            server.retryAfter() == null ? retryIn(words) : server.retryAfter());
      }
      if (cause instanceof UnreadableAnswerException unreadable) {
        status = unreadable.status();
      } else if (cause instanceof HttpException http) {
        status = http.statusCode();
      }
    }
    return new ServerWords(status, ErrorWords.in(String.valueOf(e.getMessage())), null);
  }

  private static @Nullable Duration retryIn(String words) {
    Matcher named = RETRY_IN.matcher(words);
    return named.find()
        ? Duration.ofSeconds(Long.parseLong(named.group(1)) + 1) // a part of a second is left out
        : null;
  }

  /** What it was given is more than the model can read. */
  boolean sayTooLong() {
    return TOO_LONG.matcher(text).find();
  }

  /** The account is used up. */
  boolean sayNoQuota() {
    return NO_QUOTA.matcher(text).find();
  }

  /** It is a limit of requests in some time, which is over soon, whatever else they say. */
  boolean sayLimitOfTime() {
    return status == TOO_MANY_REQUESTS
        && RETRY_IN.matcher(text).find()
        && !text.contains("insufficient_quota");
  }

  /** The provider won't have the user's or the model's words. */
  boolean sayRefused() {
    return REFUSED.matcher(text).find();
  }

  /** The model has made a mistake in a call, which is not passed on (Groq, llama.cpp). */
  boolean sayCallSpoilt() {
    return CALL_SPOILT.matcher(text).find();
  }

  /** The model has made a call where none was allowed: another form allows it. */
  boolean sayNoCallAllowed() {
    return NO_CALL_ALLOWED.matcher(text).find();
  }

  /** It is about {@code tool_choice}. */
  boolean nameToolChoice() {
    return TOOL_CHOICE.matcher(text).find();
  }

  /** The model's tools aren't switched on. */
  boolean sayNoTools() {
    return NO_TOOLS.matcher(text).find();
  }

  /**
   * The API key is refused: Google says so by a 400, and so does LiteLLM's proxy where it has no
   * database of keys.
   */
  boolean sayKeyRefused() {
    return KEY_REFUSED.matcher(text).find();
  }

  /** LiteLLM's proxy doesn't reach the server behind it. */
  boolean sayAwayBehind() {
    return AWAY_BEHIND.matcher(text).find();
  }

  /**
   * The template of the model has refused the order of messages; llama.cpp and Ollama say so by a
   * 500.
   */
  boolean sayTemplate() {
    return TEMPLATE.matcher(text).find();
  }
}
