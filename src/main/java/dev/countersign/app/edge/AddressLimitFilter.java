package dev.countersign.app.edge;

import dev.countersign.app.api.PageParts;
import dev.countersign.app.api.SecurityProblemHandler;
import dev.countersign.ping.PingAutoConfiguration;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 429 to an address that calls too often. The identity provider, which pings as often as
 * users decide, is let in for as long as its tokens are ours. Of a page only itself counts: it has
 * dozens of parts, stays blank if one of them is refused, and many users may share an address.
 */
final class AddressLimitFilter extends OncePerRequestFilter {
  private final RequestMatcher parts = PageParts.matcher();
  private final EdgeLimits limits;
  private final SecurityProblemHandler problems;

  AddressLimitFilter(EdgeLimits limits, SecurityProblemHandler problems) {
    this.limits = limits;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return parts.matches(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean pings =
        request.getMethod().equals("POST")
            && request.getRequestURI().equals(PingAutoConfiguration.PATH);
    Optional<Duration> wait =
        pings ? limits.tooManyRefusals(request) : limits.countRequest(request);
    if (wait.isPresent()) {
      problems.tooMany(request, response, wait.get());
      return;
    }
    chain.doFilter(request, response);
    if (pings && response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
      limits.countRefusal(request);
    }
  }
}
