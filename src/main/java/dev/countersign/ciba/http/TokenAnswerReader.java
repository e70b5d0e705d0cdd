package dev.countersign.ciba.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.provider.OAuthBody;
import dev.countersign.http.Exchange;
import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Exchange.Lost;
import dev.countersign.http.Exchange.NotSent;
import dev.countersign.http.RetryAfter;
import java.time.Clock;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the token endpoint answers (CIBA Core 10.1.1 and 11). Only words of the provider's own
 * end the wait: whatever a network or a proxy may have made up leaves the request as it is.
 */
final class TokenAnswerReader {
  /** RFC 6749 A.12; another could not be sent in a header. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  /** Of a moment, and mostly a network's (RFC 9110 15.5.9, RFC 8470 5.2), whatever the body. */
  private static final Set<Integer> OF_A_MOMENT = Set.of(408, 425);

  private final ClientTrouble trouble;
  private final Clock clock;

  TokenAnswerReader(ClientTrouble trouble, Clock clock) {
    this.trouble = trouble;
    this.clock = clock;
  }

  TokenAnswer read(Exchange exchange, Secrets secrets) {
    return switch (exchange) {
      case NotSent(var reason) -> new TokenAnswer.Unavailable(reason, null);
      case Lost(var reason) -> new TokenAnswer.Unavailable(reason, null);
      case Answered answer when answer.isSuccess() -> success(answer, secrets);
      case Answered answer
          when answer.status() < 400
              || answer.status() >= 500
              || OF_A_MOMENT.contains(answer.status()) ->
          unavailable(answer);
      case Answered answer -> refusal(answer, OAuthBody.of(answer), secrets);
    };
  }

  private TokenAnswer success(Answered answer, Secrets secrets) {
    OAuthBody body = OAuthBody.of(answer);
    if (body.error() != null) { // whoever says so has granted nothing, tokens beside it or not
      return refusal(answer, body, secrets);
    }
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
            GrantedScopes.of(body.tree().path("scope")),
            authorizationDetails(body.tree().path("authorization_details"))));
  }

  private static @Nullable String authorizationDetails(JsonNode details) {
    if (details.isMissingNode() || details.isNull()) {
      return null;
    }
    return details.isTextual() ? details.textValue() : details.toString();
  }

  /** In an answer of 200 too: the standard has 400, but some providers don't. */
  private TokenAnswer refusal(Answered answer, OAuthBody body, Secrets secrets) {
    int status = answer.status();
    String error = body.error();
    String description = body.description(secrets.hidden());
    if ("slow_down".equals(error) && status == 429) { // Auth0's; any other 429 is the tenant's
      return slowDown(answer, body);
    }
    if (error == null || status == 429 || !isOwnWord(answer, body)) {
      return unavailable(answer);
    }
    return switch (error) {
      case "slow_down" -> slowDown(answer, body);
      case "authorization_pending" ->
          new TokenAnswer.Pending(RetryAfter.named(answer.headers(), clock));
      case "access_denied" -> new TokenAnswer.Denied(description);
      case "expired_token" -> new TokenAnswer.Expired();
      case "invalid_grant" -> new TokenAnswer.InvalidGrant(description);
      // these name a state of the server (RFC 6749 4.1.2.1), not an end
      case "temporarily_unavailable", "server_error" -> unavailable(answer);
      default -> {
        String hidden = OAuthBody.clean(error, secrets.hidden());
        yield isOfTheRequest(status, error)
            ? new TokenAnswer.Refused(status, hidden, description)
            : unavailable(
                answer,
                "the provider refuses this application, not the request ("
                    + trouble.tell(status, hidden, description)
                    + ")");
      }
    };
  }

  /** A gateway's 404 has codes too, but of OAuth's {@code invalid_request} only. */
  private static boolean isOwnWord(Answered answer, OAuthBody body) {
    return OAuthBody.isErrorStatus(answer.status())
        || (body.hasRegisteredError()
            && (answer.isSuccess() || !"invalid_request".equals(body.error())));
  }

  /**
   * After {@code invalid_request} nothing may be sent for the request any more (CIBA Core 11). All
   * other errors of the request have status 400 (RFC 6749 5.2), or one that says nothing: with 401
   * and 403 nothing was found out about it.
   */
  private static boolean isOfTheRequest(int status, String error) {
    return error.equals("invalid_request")
        || (status != 401 && status != 403 && !ClientTrouble.isNamedBy(error));
  }

  private TokenAnswer slowDown(Answered answer, OAuthBody body) {
    return new TokenAnswer.SlowDown(
        RetryAfter.named(answer.headers(), clock), body.seconds("interval"));
  }

  private TokenAnswer unavailable(Answered answer) {
    return unavailable(
        answer,
        "the provider answered "
            + answer.status()
            + (answer.isSuccess() ? " without a readable token" : ""));
  }

  private TokenAnswer unavailable(Answered answer, String reason) {
    return new TokenAnswer.Unavailable(
        reason,
        answer.status() == 429
            ? RetryAfter.of(answer.headers(), clock)
            : RetryAfter.named(answer.headers(), clock));
  }
}
