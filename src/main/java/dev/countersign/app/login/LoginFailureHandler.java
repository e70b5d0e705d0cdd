package dev.countersign.app.login;

import com.nimbusds.jose.KeySourceException;
import dev.countersign.app.api.RefusalLimit;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.client.HttpServerErrorException;

/** Tells the page how a login failed, and the operator why. */
final class LoginFailureHandler implements AuthenticationFailureHandler {
  private static final Logger log = LoggerFactory.getLogger(LoginFailureHandler.class);
  private static final String DENIED = "denied";
  private static final String UNAVAILABLE = "unavailable";
  private static final int LONGEST_REASON = 300;
  private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_.-]+");

  private final RefusalLimit limit;

  LoginFailureHandler(RefusalLimit limit) {
    this.limit = limit;
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e) {
    String outcome = outcome(e);
    if (limit.countRefusal(request).isEmpty()) { // nobody buries others under failures
      AuditEntry.of(AuditEvent.LOGIN_REFUSED).outcome(outcome).write();
      log(outcome, e);
    }
    ToPage.redirect(response, "/?login=" + outcome);
  }

  private static String outcome(AuthenticationException e) {
    if (e instanceof OAuth2AuthenticationException refusal
        && refusal.getError().getErrorCode().equals(OAuth2ErrorCodes.ACCESS_DENIED)) {
      return DENIED;
    }
    return isUnavailable(e) ? UNAVAILABLE : "failed";
  }

  private static void log(String outcome, AuthenticationException e) {
    if (outcome.equals(DENIED)) {
      log.info("Somebody was not let in by the identity provider, or turned back");
    } else if (!isRepeated(e)) {
      log.warn(
          "A login {}: {}",
          outcome.equals(UNAVAILABLE)
              ? "was not possible, the identity provider doesn't answer"
              : "failed",
          reason(e));
    }
  }

  private static boolean isUnavailable(AuthenticationException e) {
    return causes(e)
        .anyMatch(cause ->
            cause instanceof IOException
                || cause instanceof KeySourceException
                || cause instanceof HttpServerErrorException
                || (cause instanceof ProviderException provider && provider.isUnavailable())
                || (cause instanceof OAuth2AuthenticationException refusal
                    && refusal
                        .getError()
                        .getErrorCode()
                        .equals(OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE)));
  }

  /** Anybody can begin logins: the log has one line of an outage every few seconds. */
  private static boolean isRepeated(AuthenticationException e) {
    return causes(e)
        .anyMatch(cause -> cause instanceof ProviderException provider && provider.isRepeated());
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
  }

  private static String reason(AuthenticationException e) {
    if (!(e instanceof OAuth2AuthenticationException refusal)) {
      return clean(e.getMessage());
    }
    OAuth2Error error = refusal.getError();
    if (error.getErrorCode().equals("authorization_request_not_found")) {
      return "the provider's answer belongs to no login that this browser began in the last 10"
          + " minutes";
    }
    return clean(error.getErrorCode())
        + (error.getDescription() == null ? "" : ": " + clean(error.getDescription()));
  }

  /** Part of it comes from outside: no line of the log may be made of it, and no token be in it. */
  private static String clean(@Nullable String words) {
    String printable =
        JWT.matcher(String.valueOf(words).replaceAll("[^\\x20-\\x7e]+", " "))
            .replaceAll("(a token)")
            .strip();
    return printable.length() <= LONGEST_REASON
        ? printable
        : printable.substring(0, LONGEST_REASON) + "...";
  }
}
