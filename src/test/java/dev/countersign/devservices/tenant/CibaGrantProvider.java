package dev.countersign.devservices.tenant;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/** Answers polls: tokens once the user approved, else Auth0's errors. */
final class CibaGrantProvider implements AuthenticationProvider {
  private final BackchannelRequests requests;
  private final TokenIssuer issuer;

  CibaGrantProvider(BackchannelRequests requests, TokenIssuer issuer) {
    this.requests = requests;
    this.issuer = issuer;
  }

  @Override
  public Authentication authenticate(Authentication authentication) {
    CibaGrant grant = (CibaGrant) authentication;
    if (!(grant.getPrincipal() instanceof OAuth2ClientAuthenticationToken client)) {
      throw failure("invalid_client", "Unauthorized");
    }
    RegisteredClient registered = client.getRegisteredClient();
    if (registered == null || !client.isAuthenticated()) {
      throw failure("invalid_client", "Unauthorized");
    }
    return switch (requests.poll(client.getName(), grant.authReqId())) {
      case PollAnswer.Approved(var request) -> tokens(registered, client, request);
      case PollAnswer.Pending() ->
          throw failure("authorization_pending", "The end-user authorization is pending");
      case PollAnswer.SlowDown(Duration interval) ->
          throw new OAuth2AuthenticationException(new SlowDownError(interval));
      case PollAnswer.Ended() ->
          throw failure(
              "access_denied",
              "The end-user denied the authorization request or it has been expired");
      case PollAnswer.Unknown() -> throw failure("invalid_grant", "Invalid or used auth_req_id");
    };
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return CibaGrant.class.isAssignableFrom(authentication);
  }

  private Authentication tokens(
      RegisteredClient registered, Authentication client, BackchannelRequest request) {
    Jwt access = issuer.accessToken(request);
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("id_token", issuer.idToken(request, access).getTokenValue());
    if (!request.authorizationDetails().isEmpty()) {
      more.put("authorization_details", request.authorizationDetails());
    }
    return new OAuth2AccessTokenAuthenticationToken(
        registered,
        client,
        new OAuth2AccessToken(
            OAuth2AccessToken.TokenType.BEARER,
            access.getTokenValue(),
            access.getIssuedAt(),
            access.getExpiresAt(),
            new LinkedHashSet<>(Arrays.asList(request.scope().split(" ")))),
        null,
        more);
  }

  private static OAuth2AuthenticationException failure(String error, String description) {
    return new OAuth2AuthenticationException(new OAuth2Error(error, description, null));
  }
}
