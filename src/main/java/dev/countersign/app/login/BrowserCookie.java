package dev.countersign.app.login;

import dev.countersign.app.api.CookieNames;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * A cookie that no script sees and no other site's request carries, but for following a link.
 *
 * @param name which by TLS begins with {@code __Host-} where the path is {@code /}
 * @param path where it is sent to
 */
record BrowserCookie(String name, String path) {
  Optional<String> read(HttpServletRequest request) {
    return Optional.ofNullable(WebUtils.getCookie(request, name(request))).map(Cookie::getValue);
  }

  void write(
      HttpServletRequest request, HttpServletResponse response, String value, Duration lifetime) {
    ResponseCookie cookie =
        ResponseCookie.from(name(request), value)
            .path(path)
            .httpOnly(true)
            .secure(CookieNames.byTlsOnly(request))
            .sameSite("Lax")
            .maxAge(lifetime)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }

  private String name(HttpServletRequest request) {
    return path.equals("/") ? CookieNames.ofWholeHost(name, request) : name;
  }

  void delete(HttpServletRequest request, HttpServletResponse response) {
    write(request, response, "", Duration.ZERO);
  }
}
