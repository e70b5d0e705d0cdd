package dev.countersign.devservices.tenant;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Ends the login (OpenID Connect RP-Initiated Logout 1.0) without asking. Spring's own endpoint
 * knows the ID tokens of this run only and insists on one; this one takes any that the tenant has
 * signed, as the app's session outlives a restart of the tenant, or none.
 */
final class EndSession {
  static final String PATH = "/oidc/logout";
  private final RSAKey key;
  private final TokenIssuer tokens;
  private final Logouts logouts;

  EndSession(RSAKey key, TokenIssuer tokens, Logouts logouts) {
    this.key = key;
    this.tokens = tokens;
    this.logouts = logouts;
  }

  RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route().GET(PATH, this::logout).POST(PATH, this::logout).build();
  }

  private ServerResponse logout(ServerRequest http) {
    Optional<String> client = http.param("client_id");
    if (client.isPresent() && !client.get().equals(IdentityTenant.CLIENT_ID)) {
      return refused("client_id is unknown");
    }
    Optional<String> hint = http.param("id_token_hint");
    if (hint.isPresent() && !isOurs(hint.get())) {
      return refused("id_token_hint is no ID token of this tenant");
    }
    Optional<String> back = http.param("post_logout_redirect_uri");
    if (back.isPresent() && !LoopbackRedirects.mayReturnAfterLogout(back.get())) {
      return refused("post_logout_redirect_uri must be http://localhost:PORT/");
    }
    HttpSession session = http.servletRequest().getSession(false);
    if (session != null) {
      session.invalidate();
    }
    hint.ifPresent(this::tell);
    return ServerResponse.status(HttpStatus.FOUND)
        .location(back.map(uri -> withState(uri, http)).orElse(URI.create(TenantPages.SIGNED_OUT)))
        .cookie(endedSession())
        .build();
  }

  /** By its signature only: one that has expired still says who logs out. */
  private boolean isOurs(String idToken) {
    try {
      return SignedJWT.parse(idToken).verify(new RSASSAVerifier(key));
    } catch (ParseException | JOSEException e) {
      return false;
    }
  }

  private void tell(String idToken) {
    try {
      JWTClaimsSet login = SignedJWT.parse(idToken).getJWTClaimsSet();
      logouts.tell(tokens, login.getSubject(), login.getStringClaim("sid"));
    } catch (ParseException e) {
      throw new IllegalStateException("Its signature was good", e);
    }
  }

  private static URI withState(String uri, ServerRequest http) {
    return UriComponentsBuilder.fromUriString(uri)
        .queryParamIfPresent("state", http.param("state"))
        .encode()
        .build()
        .toUri();
  }

  private static Cookie endedSession() {
    Cookie cookie = new Cookie(IdentityTenant.SESSION_COOKIE, "");
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setMaxAge(0);
    return cookie;
  }

  private static ServerResponse refused(String why) {
    return ServerResponse.badRequest()
        .body(Map.of("error", "invalid_request", "error_description", why));
  }
}
