package dev.countersign.app.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/** Says who is calling by the session's cookie, and changes nothing. */
final class CookieSecurityContextRepository implements SecurityContextRepository {
  private final SessionCookie cookie;

  CookieSecurityContextRepository(SessionCookie cookie) {
    this.cookie = cookie;
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    SecurityContext context = context(request);
    return new DeferredSecurityContext() {
      @Override
      public SecurityContext get() {
        return context;
      }

      @Override
      public boolean isGenerated() {
        return context.getAuthentication() == null;
      }
    };
  }

  private SecurityContext context(HttpServletRequest request) {
    return cookie
        .read(request)
        .map(session -> new SecurityContextImpl(new SessionAuthentication(session, cookie)))
        .orElseGet(SecurityContextImpl::new);
  }

  @Override
  @SuppressWarnings("deprecation") // the interface still has it
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return context(holder.getRequest());
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return cookie.read(request).isPresent();
  }
}
