package dev.countersign.login;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * A cookie that no script sees and no other site's request carries, but for following a link.
 *
 * @param path where it is sent to
 */
record BrowserCookie(String name, String path) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** Whether the browser may send cookies by TLS only: always, but on this machine. */
  static boolean secure(HttpServletRequest request) {
    return request.isSecure() || !LOOPBACK.contains(request.getServerName());
  }

  Optional<String> read(HttpServletRequest request) {
    return Optional.ofNullable(WebUtils.getCookie(request, name)).map(Cookie::getValue);
  }

  void write(
      HttpServletRequest request, HttpServletResponse response, String value, Duration lifetime) {
    ResponseCookie cookie =
        ResponseCookie.from(name, value)
            .path(path)
            .httpOnly(true)
            .secure(secure(request))
            .sameSite("Lax")
            .maxAge(lifetime)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }

  void delete(HttpServletRequest request, HttpServletResponse response) {
    write(request, response, "", Duration.ZERO);
  }
}
