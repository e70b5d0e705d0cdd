package dev.countersign.devservices.tenant;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** What no identity provider offers: a token without a login, and a look at the polls. */
final class DevEndpoint {
  private final BackchannelRequests requests;
  private final TokenIssuer issuer;
  private final String apiAudience;

  DevEndpoint(BackchannelRequests requests, TokenIssuer issuer, String apiAudience) {
    this.requests = requests;
    this.issuer = issuer;
    this.apiAudience = apiAudience;
  }

  RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .POST("/dev/token", this::token)
        .GET("/dev/polls", _ -> ServerResponse.ok().body(requests.polls()))
        .build();
  }

  private ServerResponse token(ServerRequest http) {
    return TenantUser.find(http.param("user").orElse(""))
        .map(user ->
            ServerResponse.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .body(issuer.apiToken(user, apiAudience).getTokenValue()))
        .orElseGet(() -> ServerResponse.notFound().build());
  }
}
