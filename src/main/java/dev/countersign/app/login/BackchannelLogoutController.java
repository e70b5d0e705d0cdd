package dev.countersign.app.login;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import dev.countersign.app.api.OpenEndpoint;
import dev.countersign.app.api.RefusalLimit;
import dev.countersign.app.api.SignOutListener;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Has the provider end sessions (OpenID Connect Back-Channel Logout 1.0, 2.5 to 2.8). */
@RestController
class BackchannelLogoutController {
  static final String PATH = OpenEndpoint.BACKCHANNEL_LOGOUT;

  private static final Logger log = LoggerFactory.getLogger(BackchannelLogoutController.class);

  private final LogoutTokens tokens;
  private final SessionEnds ends;
  private final SignOutListener listener;
  private final RefusalLimit limit;

  BackchannelLogoutController(
      LogoutTokens tokens, SessionEnds ends, SignOutListener listener, RefusalLimit limit) {
    this.tokens = tokens;
    this.ends = ends;
    this.listener = listener;
    this.limit = limit;
  }

  /** Ends the sessions that a logout token names, of a login up to when it was issued. */
  @PostMapping(path = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  ResponseEntity<Map<String, String>> logout(
      HttpServletRequest request, @RequestParam("logout_token") String token) {
    Jwt read;
    try {
      read = tokens.take(token);
    } catch (BadJwtException e) {
      return refused(request);
    } catch (JwtException e) {
      return e.getCause() instanceof RateLimitReachedException ? refused(request) : later();
    } catch (ProviderException e) {
      return later();
    }
    try {
      String sub = read.getSubject();
      ends.endOfProvider(
          sub, read.getClaimAsString("sid"), Objects.requireNonNull(read.getIssuedAt()));
      if (sub != null) {
        listener.signedOut(sub);
      }
    } catch (RuntimeException e) {
      log.error("The provider has ended a session, which the other processes don't know yet", e);
      tokens.giveBack(read);
      return later();
    }
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).build();
  }

  private ResponseEntity<Map<String, String>> refused(HttpServletRequest request) {
    if (limit.countRefusal(request).isEmpty()) { // nobody buries others under refusals
      AuditEntry.of(AuditEvent.TOKEN_REFUSED).outcome("logout_token").write();
    }
    return ResponseEntity.badRequest()
        .cacheControl(CacheControl.noStore())
        .body(
            Map.of(
                "error", "invalid_request", "error_description", "The logout token is not valid."));
  }

  private static ResponseEntity<Map<String, String>> later() {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .cacheControl(CacheControl.noStore())
        .header(HttpHeaders.RETRY_AFTER, "5")
        .body(Map.of("error", "temporarily_unavailable"));
  }
}
