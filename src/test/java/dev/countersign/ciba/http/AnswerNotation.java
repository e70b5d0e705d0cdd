package dev.countersign.ciba.http;

import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes typed answers as {@code docs/ciba-answers.md} does: the type, then what it carries. */
final class AnswerNotation {
  private AnswerNotation() {}

  static String of(AuthenticationAnswer answer) {
    return switch (answer) {
      case AuthenticationAnswer.Accepted(var id, var expiresIn, var interval) ->
          "Accepted: %s, %d s, every %d s"
              .formatted(id.value(), expiresIn.toSeconds(), interval.toSeconds());
      case AuthenticationAnswer.NoDevice(var words) -> "NoDevice: " + words;
      case AuthenticationAnswer.Refused(var status, var error, var description) ->
          refused(status, error, description);
      case AuthenticationAnswer.NotSent(var reason) -> "NotSent: " + reason;
      case AuthenticationAnswer.Throttled(var retryAfter) -> with("Throttled", after(retryAfter));
      case AuthenticationAnswer.NotAsked(var reason, var retryAfter) ->
          with("NotAsked", reason, after(retryAfter));
      case AuthenticationAnswer.Ambiguous(var reason, var retryAfter) ->
          with("Ambiguous", reason, after(retryAfter));
    };
  }

  static String of(TokenAnswer answer) {
    return switch (answer) {
      case TokenAnswer.Pending(var retryAfter) -> with("Pending", after(retryAfter));
      case TokenAnswer.SlowDown(var retryAfter, var interval) ->
          with("SlowDown", seconds("Retry-After ", retryAfter), seconds("interval ", interval));
      case TokenAnswer.Granted(var tokens) -> granted(tokens);
      case TokenAnswer.Denied(var description) -> with("Denied", description);
      case TokenAnswer.Expired() -> "Expired";
      case TokenAnswer.InvalidGrant(var description) -> with("InvalidGrant", description);
      case TokenAnswer.Refused(var status, var error, var description) ->
          refused(status, error, description);
      case TokenAnswer.Unavailable(var reason, var retryAfter) ->
          with("Unavailable", reason, after(retryAfter));
    };
  }

  private static String refused(int status, String error, @Nullable String description) {
    return with("Refused", status + " " + error, description);
  }

  private static String granted(Tokens tokens) {
    List<String> scopes = tokens.scopes();
    return with(
        "Granted",
        tokens.accessToken(),
        tokens.idToken() == null ? null : "ID token " + tokens.idToken(),
        seconds("", tokens.expiresIn()),
        scopes == null
            ? null
            : "scope " + (scopes.isEmpty() ? "nothing" : String.join(" ", scopes)),
        tokens.authorizationDetails() == null ? null : "details " + tokens.authorizationDetails());
  }

  private static @Nullable String after(@Nullable Duration retryAfter) {
    return seconds("after ", retryAfter);
  }

  private static @Nullable String seconds(String before, @Nullable Duration duration) {
    return duration == null ? null : before + duration.toSeconds() + " s";
  }

  private static String with(String type, @Nullable String... parts) {
    List<String> named = new ArrayList<>();
    for (String part : parts) {
      if (part != null) {
        named.add(part);
      }
    }
    return named.isEmpty() ? type : type + ": " + String.join(", ", named);
  }
}
