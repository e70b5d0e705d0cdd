package dev.countersign.app.codec;

import dev.countersign.app.api.OperatorRole;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Lets those in whose access token names their role. */
record OperatorAccess(OperatorRole role)
    implements AuthorizationManager<RequestAuthorizationContext> {

  @Override
  public AuthorizationDecision authorize(
      Supplier<? extends @Nullable Authentication> authentication,
      RequestAuthorizationContext request) {
    Authentication caller = authentication.get();
    return new AuthorizationDecision(
        caller != null
            && caller.getPrincipal() instanceof Jwt token
            && role.isIn(token.getClaims()));
  }
}
