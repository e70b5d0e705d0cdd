package dev.countersign.devservices.tenant;

import java.time.Duration;
import java.util.Map;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** {@code POST /bc-authorize} (CIBA Core 7). */
final class BackchannelEndpoint {
  static final String PATH = "/bc-authorize";
  private final BackchannelAskReader reader;
  private final BackchannelRequests requests;
  private final Duration interval;

  BackchannelEndpoint(
      BackchannelAskReader reader, BackchannelRequests requests, Duration interval) {
    this.reader = reader;
    this.requests = requests;
    this.interval = interval;
  }

  RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .POST(PATH, this::ask)
        .onError(OAuthRefusal.class, (e, _) -> refuse((OAuthRefusal) e))
        .build();
  }

  private ServerResponse ask(ServerRequest http) {
    BackchannelRequest request =
        requests.ask(reader.read(clientId(), http.servletRequest().getRemoteAddr(), http.params()));
    return ServerResponse.ok()
        .body(
            Map.of(
                "auth_req_id", request.authReqId(),
                "expires_in",
                    Duration.between(request.createdAt(), request.expiresAt()).toSeconds(),
                "interval", interval.toSeconds()));
  }

  /** The client that the filter before authenticated; who sent no credentials passed it too. */
  private static String clientId() {
    if (SecurityContextHolder.getContext().getAuthentication()
        instanceof OAuth2ClientAuthenticationToken client) {
      return client.getName();
    }
    throw OAuthRefusal.invalidClient();
  }

  private static ServerResponse refuse(OAuthRefusal e) {
    return ServerResponse.status(e.status())
        .body(Map.of("error", e.error(), "error_description", String.valueOf(e.getMessage())));
  }
}
