package dev.countersign.ciba;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.http.Exchange;
import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Exchange.Lost;
import dev.countersign.http.Exchange.NotSent;
import dev.countersign.http.RetryAfter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the token endpoint answers (CIBA Core 10.1.1 and 11). Only words of the provider's own
 * end the wait: whatever a network or a proxy may have made up leaves the request as it is.
 */
final class TokenAnswers {
  /** RFC 6749 A.12; another could not be sent in a header. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  private static final Pattern SPACES = Pattern.compile(" +");

  private final Clock clock;

  TokenAnswers(Clock clock) {
    this.clock = clock;
  }

  TokenAnswer read(Exchange exchange, Secrets secrets) {
    return switch (exchange) {
      case NotSent(var reason) -> new TokenAnswer.Unavailable(reason, null);
      case Lost(var reason) -> new TokenAnswer.Unavailable(reason, null);
      case Answered answer when answer.isSuccess() -> success(answer);
      case Answered answer when answer.status() < 400 || answer.status() >= 500 ->
          unavailable(answer);
      case Answered answer -> refusal(answer, secrets);
    };
  }

  private TokenAnswer success(Answered answer) {
    OAuthBody body = OAuthBody.of(answer);
    String accessToken = body.text("access_token");
    if (accessToken == null) {
      // if tokens were lost here, the next answer is invalid_grant
      return unavailable(answer);
    }
    String type = body.text("token_type");
    if (type != null && !type.equalsIgnoreCase("Bearer")) {
      return new TokenAnswer.Refused(
          answer.status(),
          "invalid_token_type",
          "The provider granted a token of type " + OAuthBody.clean(type) + ", not Bearer");
    }
    if (!TOKEN.matcher(accessToken).matches()) {
      return new TokenAnswer.Refused(
          answer.status(), "invalid_token", "The granted token has characters that no token has");
    }
    return new TokenAnswer.Granted(
        new Tokens(
            accessToken,
            body.text("id_token"),
            body.seconds("expires_in"),
            scopes(body.tree().path("scope")),
            authorizationDetails(body.tree().path("authorization_details"))));
  }

  /** Null if it isn't there; whatever is no list of scopes (RFC 6749 3.3) grants none. */
  private static @Nullable List<String> scopes(JsonNode scope) {
    return scope.isMissingNode() || scope.isNull()
        ? null
        : SPACES
            .splitAsStream(scope.isTextual() ? scope.textValue() : "")
            .filter(one -> !one.isEmpty())
            .toList();
  }

  private static @Nullable String authorizationDetails(JsonNode details) {
    if (details.isMissingNode() || details.isNull()) {
      return null;
    }
    return details.isTextual() ? details.textValue() : details.toString();
  }

  private TokenAnswer refusal(Answered answer, Secrets secrets) {
    int status = answer.status();
    OAuthBody body = OAuthBody.of(answer);
    String error = body.error();
    String description = body.description(secrets.hidden());
    if ("slow_down".equals(error)) { // Auth0 sends it as 429, so the body counts first
      Duration retryAfter = RetryAfter.of(answer.headers(), clock);
      return new TokenAnswer.SlowDown(retryAfter, body.seconds("interval"));
    }
    if (status == 408 || status == 425 || status == 429 || error == null) {
      return unavailable(answer); // not the provider's own word
    }
    return switch (error) {
      case "authorization_pending" -> new TokenAnswer.Pending();
      case "access_denied" -> new TokenAnswer.Denied(description);
      case "expired_token" -> new TokenAnswer.Expired();
      case "invalid_grant" -> new TokenAnswer.InvalidGrant(description);
      // these name a state of the server (RFC 6749 4.1.2.1), not an end
      case "temporarily_unavailable", "server_error" -> unavailable(answer);
      default ->
          new TokenAnswer.Refused(status, OAuthBody.clean(error, secrets.hidden()), description);
    };
  }

  private TokenAnswer unavailable(Answered answer) {
    return new TokenAnswer.Unavailable(
        "the provider answered "
            + answer.status()
            + (answer.isSuccess() ? " without a readable token" : ""),
        RetryAfter.of(answer.headers(), clock));
  }
}
