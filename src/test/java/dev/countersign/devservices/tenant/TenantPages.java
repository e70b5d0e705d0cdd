package dev.countersign.devservices.tenant;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HtmlUtils;

/** The pages that people see, and the files that these need: nothing comes from elsewhere. */
final class TenantPages {
  static final String ASSETS = "/assets/";
  private static final String PHONE = "/phone";
  static final String SIGNED_OUT = "/signed-out";

  /**
   * No {@code form-action}: browsers hold redirects of a form to it too, and the login's go back to
   * the app, wherever that listens.
   */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  private static final Map<String, MediaType> FILES =
      Map.of(
          "tenant.css", new MediaType("text", "css", StandardCharsets.UTF_8),
          "phone.js", new MediaType("text", "javascript", StandardCharsets.UTF_8),
          "details.js", new MediaType("text", "javascript", StandardCharsets.UTF_8),
          "outcome.js", new MediaType("text", "javascript", StandardCharsets.UTF_8),
          "words.js", new MediaType("text", "javascript", StandardCharsets.UTF_8),
          "icon.svg", new MediaType("image", "svg+xml"));

  private final String clientName;

  TenantPages(String clientName) {
    this.clientName = clientName;
  }

  RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .GET("/", _ -> ServerResponse.seeOther(URI.create(PHONE)).build())
        .GET(PHONE, this::phone)
        .GET("/login", _ -> page("login.html"))
        .GET(SIGNED_OUT, _ -> page("signed-out.html"))
        .GET(ASSETS + "{name}", TenantPages::file)
        .build();
  }

  /** Whose it is can be said; otherwise it is that of whoever is logged in here, or Alice's. */
  private ServerResponse phone(ServerRequest http) throws IOException {
    if (http.param("user").isPresent()) {
      return page("phone.html");
    }
    TenantUser user =
        http.principal()
            .map(Principal::getName)
            .flatMap(TenantUser::bySub)
            .orElse(TenantUser.ALICE);
    return ServerResponse.seeOther(URI.create(PHONE + "?user=" + user.login())).build();
  }

  private ServerResponse page(String name) throws IOException {
    String html =
        new ClassPathResource("devservices/" + name).getContentAsString(StandardCharsets.UTF_8);
    return ServerResponse.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .body(html.replace("{client}", HtmlUtils.htmlEscape(clientName)));
  }

  private static ServerResponse file(ServerRequest http) {
    String name = http.pathVariable("name");
    MediaType type = FILES.get(name);
    return type == null
        ? ServerResponse.notFound().build()
        : ServerResponse.ok()
            .contentType(type)
            .body(new ClassPathResource("devservices" + ASSETS + name));
  }
}
