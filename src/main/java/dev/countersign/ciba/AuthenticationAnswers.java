package dev.countersign.ciba;

import dev.countersign.http.Exchange;
import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Exchange.Lost;
import dev.countersign.http.Exchange.NotSent;
import dev.countersign.http.RetryAfter;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the backchannel authentication endpoint answers (CIBA Core 7.3 and 13). */
final class AuthenticationAnswers {
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

  /** {@code invalid_request} has many causes; only these words speak of the user's devices. */
  private static final Pattern NO_DEVICE =
      Pattern.compile(
          "push(?!.{0,20}\\b(mode|delivery))|enrol|\\bdevice|\\bmfa\\b|multi-?factor"
              + "|guardian|notification channel",
          Pattern.CASE_INSENSITIVE);

  private final Clock clock;

  AuthenticationAnswers(Clock clock) {
    this.clock = clock;
  }

  AuthenticationAnswer read(Exchange exchange, Secrets secrets) {
    return switch (exchange) {
      case NotSent(var reason) -> new AuthenticationAnswer.NotSent(reason);
      case Lost(var reason) -> new AuthenticationAnswer.Ambiguous(reason);
      case Answered answer when answer.isSuccess() -> accepted(answer);
      case Answered answer -> refused(answer, secrets);
    };
  }

  private AuthenticationAnswer accepted(Answered answer) {
    OAuthBody body = OAuthBody.of(answer);
    String authReqId = body.text("auth_req_id");
    Duration expiresIn = body.seconds("expires_in");
    if (authReqId == null || expiresIn == null) {
      return new AuthenticationAnswer.Ambiguous(
          "the provider answered "
              + answer.status()
              + (authReqId == null ? " without auth_req_id" : " without expires_in"));
    }
    return new AuthenticationAnswer.Accepted(
        new AuthReqId(authReqId), expiresIn, interval(body.seconds("interval"), expiresIn));
  }

  /** Absent, 0 or negative is 5 s (7.3); longer than the user has would be never. */
  private static Duration interval(@Nullable Duration named, Duration expiresIn) {
    Duration interval = named == null ? DEFAULT_INTERVAL : named;
    return interval.compareTo(expiresIn) > 0 ? expiresIn : interval;
  }

  private AuthenticationAnswer refused(Answered answer, Secrets secrets) {
    int status = answer.status();
    return switch (status) {
      case 429 -> new AuthenticationAnswer.Throttled(RetryAfter.of(answer.headers(), clock));
      case 503 -> new AuthenticationAnswer.Overloaded(RetryAfter.of(answer.headers(), clock));
      case 408 -> new AuthenticationAnswer.Ambiguous("the provider answered 408");
      default ->
          status >= 500
              ? new AuthenticationAnswer.Ambiguous("the provider answered " + status)
              : refused(status, OAuthBody.of(answer), secrets);
    };
  }

  private AuthenticationAnswer refused(int status, OAuthBody body, Secrets secrets) {
    String error = body.error();
    String description = body.description(secrets.hidden());
    if (error == null) {
      return new AuthenticationAnswer.Refused(status, "http_" + status, description);
    }
    return error.equals("invalid_request")
            && description != null
            && NO_DEVICE.matcher(description).find()
        ? new AuthenticationAnswer.NoDevice(description)
        : new AuthenticationAnswer.Refused(status, error, description);
  }
}
