package dev.countersign.app.chat.model;

import dev.countersign.settings.InvalidSettingException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The language model.
 *
 * @param apiKey secret of the model's API ({@code OPENAI_API_KEY}); empty: the server at {@code
 *     baseUrl}, which is then another than OpenAI's, takes none
 * @param baseUrl address of an API of OpenAI's kind, with its version ({@code OPENAI_BASE_URL});
 *     empty: OpenAI's own
 * @param name which model ({@code OPENAI_MODEL}); empty: {@code gpt-5-mini}
 * @param answerTimeout how long one answer may take, 5 seconds to 10 minutes, or, of one that is
 *     streamed, how long its next words; null: 60 seconds
 * @param mostRounds how often the model is asked in one turn, 1 to 50; null: 10
 * @param turnTime after which it isn't asked again in the same turn, at most 30 minutes; null: 2
 *     minutes, or thrice the time of an answer if that is longer
 * @param maxTokens most tokens of one answer; null: as the server says
 * @param maxTokensAgain most tokens of an answer that was cut off, which is then asked for once
 *     more; null: it isn't
 * @param stream whether answers are streamed where the model's server does so; null: they are
 */
@ConfigurationProperties("countersign.chat.model")
public record ModelProperties(
    @Nullable String apiKey,
    @Nullable String baseUrl,
    @Nullable String name,
    @Nullable Duration answerTimeout,
    @Nullable Integer mostRounds,
    @Nullable Duration turnTime,
    @Nullable Integer maxTokens,
    @Nullable Integer maxTokensAgain,
    @Nullable Boolean stream) {
  private static final String PREFIX = "countersign.chat.model.";
  private static final String OPENAI = "https://api.openai.com/v1";

  /** A user before the host, a query or a fragment, in what may be no address otherwise too. */
  private static final Pattern MORE_THAN_AN_ADDRESS =
      Pattern.compile("(?s)([^/]*//)?[^/]*@.*|.*[?#].*");

  private static final String SMALL_MODEL = "gpt-5-mini";
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration SHORTEST_ANSWER = Duration.ofSeconds(5);
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);
  private static final int ROUNDS = 10;
  private static final int MOST_ROUNDS = 50;
  private static final Duration TURN_TIME = Duration.ofMinutes(2);
  private static final Duration LONGEST_TURN = Duration.ofMinutes(30);

  public ModelProperties {
    apiKey = orElse(apiKey, "");
    baseUrl = orElse(baseUrl, OPENAI);
    name = orElse(name, SMALL_MODEL);
    answerTimeout = answerTimeout == null ? ANSWER_TIMEOUT : answerTimeout;
    mostRounds = mostRounds == null ? ROUNDS : mostRounds;
    stream = stream == null || stream;
    turnTime = turnTime == null ? longer(TURN_TIME, answerTimeout.multipliedBy(3)) : turnTime;
    if (MORE_THAN_AN_ADDRESS.matcher(baseUrl).matches()) {
      throw new InvalidSettingException( // without it: it is shown nowhere
          "OPENAI_BASE_URL (countersign.chat.model.base-url) must be an address without a user, a"
              + " password, a query (?) and a fragment (#): a key is given in OPENAI_API_KEY");
    }
    if (!isWebAddress(baseUrl)) {
      throw new InvalidSettingException(
          "OPENAI_BASE_URL (countersign.chat.model.base-url) must be an http or https address,"
              + " such as "
              + OPENAI
              + ", but is "
              + baseUrl);
    }
    require(
        isWithin(answerTimeout, SHORTEST_ANSWER, LONGEST_ANSWER),
        "answer-timeout",
        "5 seconds to 10 minutes, such as 60s",
        answerTimeout);
    require(
        isWithin(turnTime, Duration.ofMillis(1), LONGEST_TURN),
        "turn-time",
        "more than 0 and at most 30 minutes, such as 2m",
        turnTime);
    require(
        1 <= mostRounds && mostRounds <= MOST_ROUNDS, "most-rounds", "from 1 to 50", mostRounds);
    require(maxTokens == null || maxTokens > 0, "max-tokens", "more than 0", maxTokens);
    require(
        maxTokensAgain == null || maxTokensAgain > (maxTokens == null ? 0 : maxTokens),
        "max-tokens-again",
        "more than 0, and more than max-tokens",
        maxTokensAgain);
  }

  private static void require(boolean fits, String name, String wanted, @Nullable Object given) {
    if (!fits) {
      throw new InvalidSettingException(PREFIX + name + " must be " + wanted + ", but is " + given);
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static boolean isWithin(Duration time, Duration least, Duration most) {
    return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
  }

  /** How long all of an answer that is streamed may take. */
  Duration longestStream() {
    return longer(Objects.requireNonNull(turnTime), Objects.requireNonNull(answerTimeout));
  }

  /** Whether the key is missing that OpenAI's own API can't do without. */
  boolean lacksKey() {
    return "".equals(apiKey) && OPENAI.equals(baseUrl);
  }

  /** Whether the most tokens have the name that OpenAI gave them later, as its own models want. */
  boolean namesCompletionTokens() {
    String host = String.valueOf(URI.create(String.valueOf(baseUrl)).getHost());
    return host.endsWith("openai.com") || host.endsWith(".openai.azure.com");
  }

  private static String orElse(@Nullable String value, String other) {
    return value == null || value.isBlank() ? other : value.strip();
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = URI.create(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** Doesn't show the key. */
  @Override
  public String toString() {
    return "ModelProperties[baseUrl=" + baseUrl + ", name=" + name + "]";
  }
}
