package dev.countersign.ciba.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Words;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that a provider answers with; unknown members are ignored (CIBA Core 7.3). Its
 * {@code toString} shows none.
 *
 * @param tree missing: the body is no JSON object
 */
public record OAuthBody(JsonNode tree) {
  /** Longer than any approval; keeps arithmetic with times safe. */
  private static final double MOST_SECONDS = 365 * 86_400.0;

  /** RFC 6749 5.2, CIBA Core 11 and 13; 403 is Auth0's and CIBA's. */
  private static final Set<Integer> ERROR_STATUSES = Set.of(400, 401, 403);

  /** The registered ones (RFC 6749 5.2, RFC 8707 2, RFC 9396 5, CIBA Core 11 and 13). */
  private static final Set<String> REGISTERED_ERRORS =
      Set.of(
          "access_denied",
          "authorization_pending",
          "expired_login_hint_token",
          "expired_token",
          "invalid_authorization_details",
          "invalid_binding_message",
          "invalid_client",
          "invalid_grant",
          "invalid_request",
          "invalid_scope",
          "invalid_target",
          "invalid_user_code",
          "missing_user_code",
          "slow_down",
          "unauthorized_client",
          "unknown_user_id",
          "unsupported_grant_type");

  /** As every registered one is. RFC 6749 allows more, but so do gateways: {@code Not Found}. */
  private static final Pattern ERROR_CODE = Pattern.compile("[a-z][a-z0-9_]*");

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  // each waiting thread would keep buffers of its own from poll to poll
                  .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // a double takes 2500.0000000000000001 for 2500, and 1e400 for infinite
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** The body of an answer. */
  public static OAuthBody of(Answered answer) {
    JsonNode tree = answer.body() == null ? null : json(answer.body());
    return new OAuthBody(tree != null && tree.isObject() ? tree : MissingNode.getInstance());
  }

  /** The tree of a JSON text; null: it is none. */
  public static @Nullable JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException | NumberFormatException e) { // 1e9999999999 is too much
      return null;
    }
  }

  /** {@link Words#clean}, but empty where there is nothing to read. */
  public static String clean(@Nullable String words, String... secrets) {
    return Objects.requireNonNullElse(Words.clean(words, secrets), "");
  }

  @Override
  public String toString() {
    return "OAuthBody[" + tree.getNodeType() + "]";
  }

  /** Whether there is one. */
  public boolean isObject() {
    return tree.isObject();
  }

  /** A member's text; null: it is not there, empty, or no text. */
  public @Nullable String text(String member) {
    String text = tree.path(member).textValue();
    return text == null || text.isBlank() ? null : text;
  }

  /** A member's seconds, rounded up, as a number or as text; null: not there, or not above 0. */
  public @Nullable Duration seconds(String member) {
    JsonNode node = tree.path(member);
    double seconds = node.isBoolean() ? 0 : node.asDouble(0);
    return seconds > 0
        ? Duration.ofSeconds((long) Math.ceil(Math.min(seconds, MOST_SECONDS)))
        : null;
  }

  /** Whether an OAuth server refuses with such a status; another is a network's or a gateway's. */
  public static boolean isErrorStatus(int status) {
    return ERROR_STATUSES.contains(status);
  }

  /** Whether {@link #error} is one that OAuth or CIBA knows: no gateway says that by chance. */
  public boolean hasRegisteredError() {
    String error = error();
    return error != null && REGISTERED_ERRORS.contains(error);
  }

  /** The OAuth error code as it came (RFC 6749 5.2); null: none, or words of a gateway's. */
  public @Nullable String error() {
    String error = text("error");
    return error != null && ERROR_CODE.matcher(error).matches() ? error : null;
  }

  /**
   * The provider's words for people, fit for messages.
   *
   * @param secrets hidden should the provider repeat them
   */
  public @Nullable String description(String... secrets) {
    return Words.clean(text("error_description"), secrets);
  }
}
