package dev.countersign.app.codec;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Lets those in whose access token a claim names their role.
 *
 * @param claim its name; where there is none of it, its dots lead into claims within claims
 */
record OperatorRole(String claim, String role)
    implements AuthorizationManager<RequestAuthorizationContext> {

  @Override
  public AuthorizationDecision authorize(
      Supplier<? extends @Nullable Authentication> authentication,
      RequestAuthorizationContext request) {
    Authentication caller = authentication.get();
    return new AuthorizationDecision(
        caller != null && caller.getPrincipal() instanceof Jwt token && isIn(token.getClaims()));
  }

  private boolean isIn(Map<String, Object> claims) {
    return switch (claims.containsKey(claim) ? claims.get(claim) : within(claims)) {
      case Collection<?> roles -> roles.contains(role);
      case String roles -> Arrays.asList(roles.split(" ", -1)).contains(role);
      case null, default -> false;
    };
  }

  private @Nullable Object within(Map<String, Object> claims) {
    Object found = claims;
    for (String name : claim.split("\\.", -1)) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }
}
