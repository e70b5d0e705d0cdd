package dev.countersign.app.login;

import dev.countersign.app.api.CookieNames;
import dev.countersign.app.api.CsrfNames;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/** The token that the page's script reads from a cookie and sends back as a header. */
final class CsrfCookieRepository implements CsrfTokenRepository {
  private static CookieCsrfTokenRepository fitting(HttpServletRequest request) {
    CookieCsrfTokenRepository repository = CookieCsrfTokenRepository.withHttpOnlyFalse();
    repository.setCookieName(CsrfNames.cookie(request));
    repository.setHeaderName(CsrfNames.HEADER);
    repository.setCookiePath("/");
    repository.setCookieCustomizer(
        cookie -> cookie.secure(CookieNames.byTlsOnly(request)).sameSite("Lax"));
    return repository;
  }

  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    return fitting(request).generateToken(request);
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    fitting(request).saveToken(token, request, response);
  }

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    return fitting(request).loadToken(request);
  }
}
