package dev.countersign.devservices.tenant;

import dev.countersign.devservices.tenant.BackchannelRequest.Decision;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** What the phone's page shows and does, as JSON. No login, as it is on this machine only. */
final class PhoneEndpoint {
  private final BackchannelRequests requests;

  PhoneEndpoint(BackchannelRequests requests) {
    this.requests = requests;
  }

  RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .GET("/phone/requests", this::list)
        .POST("/phone/requests/{id}/approve", http -> decide(http, Decision.APPROVED))
        .POST("/phone/requests/{id}/deny", http -> decide(http, Decision.DENIED))
        .build();
  }

  private ServerResponse list(ServerRequest http) {
    return TenantUser.find(http.param("user").orElse(""))
        .map(user -> ServerResponse.ok().body(requests.of(user)))
        .orElseGet(() -> ServerResponse.notFound().build());
  }

  private ServerResponse decide(ServerRequest http, Decision decision) {
    return switch (requests.decide(http.pathVariable("id"), decision)) {
      case DONE -> ServerResponse.noContent().build();
      case UNKNOWN -> ServerResponse.notFound().build();
      case TOO_LATE -> ServerResponse.status(HttpStatus.CONFLICT).build();
    };
  }
}
