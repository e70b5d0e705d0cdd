package dev.countersign.devservices.tenant;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;

/** A poll at the token endpoint (CIBA Core 10.1). */
final class CibaGrant extends OAuth2AuthorizationGrantAuthenticationToken {
  static final AuthorizationGrantType TYPE =
      new AuthorizationGrantType("urn:openid:params:grant-type:ciba");
  private final String authReqId;

  private CibaGrant(Authentication client, String authReqId) {
    super(TYPE, client, Map.of());
    this.authReqId = authReqId;
  }

  /** Reads a poll; null if the request is for another grant. */
  static @Nullable CibaGrant read(HttpServletRequest request) {
    if (!TYPE.getValue().equals(request.getParameter(OAuth2ParameterNames.GRANT_TYPE))) {
      return null;
    }
    String[] ids = request.getParameterValues("auth_req_id");
    Authentication client = SecurityContextHolder.getContext().getAuthentication();
    if (ids == null || ids.length != 1 || client == null) {
      throw new OAuth2AuthenticationException(
          new OAuth2Error("invalid_request", "auth_req_id is required, once", null));
    }
    return new CibaGrant(client, ids[0]);
  }

  String authReqId() {
    return authReqId;
  }
}
