package dev.countersign.app.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * The user on whose behalf a request came, from the verified login and nothing else. Two callers
 * are equal if their {@code sub} is; no other claim is shown by {@link #toString}.
 *
 * @param sub the {@code sub} claim; the {@code userID} of the CIBA request
 * @param claims all claims of the login, {@code sub} among them
 */
public record Caller(String sub, Map<String, Object> claims) {
  public Caller {
    claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
  }

  /** A caller of whom nothing but the {@code sub} is known. */
  public Caller(String sub) {
    this(sub, Map.of("sub", sub));
  }

  /** Whoever sent the request of this thread, by the verified token or login alone. */
  public static Optional<Caller> signedIn() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication instanceof JwtAuthenticationToken token) {
      Jwt login = token.getToken();
      return Optional.ofNullable(login.getSubject()).map(sub -> new Caller(sub, login.getClaims()));
    }
    return authentication != null && authentication.getPrincipal() instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Caller caller && sub.equals(caller.sub);
  }

  @Override
  public int hashCode() {
    return sub.hashCode();
  }

  @Override
  public String toString() {
    return "Caller[sub=" + sub + "]";
  }
}
