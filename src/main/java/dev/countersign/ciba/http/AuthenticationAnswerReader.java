package dev.countersign.ciba.http;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.provider.OAuthBody;
import dev.countersign.http.Exchange;
import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Exchange.Lost;
import dev.countersign.http.Exchange.NotSent;
import dev.countersign.http.RetryAfter;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what the backchannel authentication endpoint answers (CIBA Core 7.3 and 13). */
final class AuthenticationAnswerReader {
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

  /** {@code invalid_request} has many causes; only these words speak of the user's devices. */
  private static final Pattern NO_DEVICE =
      Pattern.compile(
          "push(?!.{0,20}\\b(mode|delivery))|enrol|\\bdevice|\\bmfa\\b|multi-?factor"
              + "|guardian|notification channel",
          Pattern.CASE_INSENSITIVE);

  /** Others below 500 say that nothing was done (RFC 9110 15.4.4, 15.5.9, 15.5.10). */
  private static final Set<Integer> ACTED_ON = Set.of(303, 408, 409);

  /** Whoever needs a week for an answer gives none: no call waits for longer. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(7);

  private final ClientTrouble trouble;
  private final SigningTrouble signing;
  private final Clock clock;

  AuthenticationAnswerReader(ClientTrouble trouble, SigningTrouble signing, Clock clock) {
    this.trouble = trouble;
    this.signing = signing;
    this.clock = clock;
  }

  /**
   * Reads one answer.
   *
   * @param asked in ping mode nothing need ever be polled, so any interval will do
   * @param secrets what of the request the provider's words must not repeat
   */
  AuthenticationAnswer read(Exchange exchange, AuthenticationRequest asked, Secrets secrets) {
    boolean mustPoll = asked.notificationToken() == null;
    return switch (exchange) {
      case NotSent(var reason) -> new AuthenticationAnswer.NotSent(reason);
      case Lost(var reason) -> new AuthenticationAnswer.Ambiguous(reason);
      case Answered answer when answer.isSuccess() ->
          success(answer, OAuthBody.of(answer), mustPoll, secrets);
      case Answered answer -> refused(answer, secrets);
    };
  }

  private AuthenticationAnswer success(
      Answered answer, OAuthBody body, boolean mustPoll, Secrets secrets) {
    int status = answer.status();
    if (!body.isObject()) {
      return new AuthenticationAnswer.Ambiguous(
          "the provider answered " + status + " without readable JSON");
    }
    String authReqId = body.text("auth_req_id");
    if (authReqId == null && body.error() != null) { // the standard has 4xx, some providers don't
      return refused(answer, body, secrets);
    }
    Duration expiresIn = body.seconds("expires_in");
    if (authReqId == null || expiresIn == null) {
      return invalid(
          status,
          authReqId == null
              ? "The provider answered without auth_req_id"
              : "The provider answered without expires_in, or not with a number above 0");
    }
    if (expiresIn.compareTo(LONGEST_LIFE) > 0) {
      expiresIn = LONGEST_LIFE;
    }
    Duration interval = interval(body);
    if (mustPoll && interval.compareTo(expiresIn) >= 0) {
      return invalid(
          status,
          "The provider wants %d s between polls, but gives the user %d s: it could never be polled"
              .formatted(interval.toSeconds(), expiresIn.toSeconds()));
    }
    return new AuthenticationAnswer.Accepted(new AuthReqId(authReqId), expiresIn, interval);
  }

  private static AuthenticationAnswer invalid(int status, String description) {
    return new AuthenticationAnswer.Refused(
        status, AuthenticationAnswer.INVALID_RESPONSE, description);
  }

  /**
   * Absent is 5 s (7.3). So is 0, negative and no number: 7.3 knows positive values only, so that
   * none was given, and 5 s is slower than any that may have been meant; the user's phone has rung
   * already, and {@code slow_down} corrects a pace that is too fast.
   */
  private static Duration interval(OAuthBody body) {
    Duration named = body.seconds("interval");
    return named == null ? DEFAULT_INTERVAL : named;
  }

  private AuthenticationAnswer refused(Answered answer, Secrets secrets) {
    int status = answer.status();
    if (status == 429) {
      return new AuthenticationAnswer.Throttled(RetryAfter.of(answer.headers(), clock));
    }
    OAuthBody body = OAuthBody.of(answer);
    if (OAuthBody.isErrorStatus(status) || (status > 403 && status < 500 && isNamedBy(body))) {
      return refused(answer, body, secrets);
    }
    return status >= 500 || ACTED_ON.contains(status)
        ? ambiguous(answer, "")
        : notAsked(answer, "");
  }

  /** {@code invalid_request} with another status may be a gateway's. */
  private static boolean isNamedBy(OAuthBody body) {
    return body.hasRegisteredError() && !"invalid_request".equals(body.error());
  }

  private AuthenticationAnswer refused(Answered answer, OAuthBody body, Secrets secrets) {
    int status = answer.status();
    String error = body.error();
    String description = body.description(secrets.hidden());
    return switch (error) {
      case null -> notAsked(answer, " without an OAuth error");
      case "invalid_request" ->
          description != null && NO_DEVICE.matcher(description).find()
              ? new AuthenticationAnswer.NoDevice(description)
              : new AuthenticationAnswer.Refused(
                  status, error, signing.explain(error, description));
      // these name a state of the server (RFC 6749 4.1.2.1), as 503 and 500 do
      case "temporarily_unavailable", "server_error" -> ambiguous(answer, " " + error);
      default -> {
        String hidden = OAuthBody.clean(error, secrets.hidden());
        if (status == 401 || ClientTrouble.isNamedBy(error)) {
          String _ = trouble.tell(status, hidden, description);
        }
        yield new AuthenticationAnswer.Refused(status, hidden, signing.explain(error, description));
      }
    };
  }

  private AuthenticationAnswer notAsked(Answered answer, String how) {
    return new AuthenticationAnswer.NotAsked(
        "the provider answered " + answer.status() + how,
        RetryAfter.named(answer.headers(), clock));
  }

  private AuthenticationAnswer ambiguous(Answered answer, String how) {
    return new AuthenticationAnswer.Ambiguous(
        "the provider answered " + answer.status() + how,
        RetryAfter.named(answer.headers(), clock));
  }
}
