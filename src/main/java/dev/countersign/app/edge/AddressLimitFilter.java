package dev.countersign.app.edge;

import dev.countersign.app.api.OpenEndpoint;
import dev.countersign.app.api.PageFiles;
import dev.countersign.app.api.SecurityProblemHandler;
import dev.countersign.ping.PingAutoConfiguration;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 429 to an address that calls too often. The identity provider, which pings as often as
 * users decide and ends as many sessions as there are, is let in for as long as its tokens are
 * ours. Pages don't count, for many users may share an address: each has dozens of parts, and stays
 * blank if one of them is refused.
 */
final class AddressLimitFilter extends OncePerRequestFilter {
  private final RequestMatcher pages = PageFiles.matcher();
  private final RequestMatcher fromProvider =
      new OrRequestMatcher(
          PathPatternRequestMatcher.pathPattern(HttpMethod.POST, PingAutoConfiguration.PATH),
          PathPatternRequestMatcher.pathPattern(HttpMethod.POST, OpenEndpoint.BACKCHANNEL_LOGOUT));
  private final EdgeLimits limits;
  private final SecurityProblemHandler problems;

  AddressLimitFilter(EdgeLimits limits, SecurityProblemHandler problems) {
    this.limits = limits;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getMethod().equals("GET") && pages.matches(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean isFromProvider = fromProvider.matches(request);
    Optional<Duration> wait =
        isFromProvider ? limits.tooManyRefusals(request) : limits.countRequest(request);
    if (wait.isPresent()) {
      problems.tooMany(request, response, wait.get());
      return;
    }
    chain.doFilter(request, response);
    if (isFromProvider && response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
      limits.countRefusal(request);
    }
  }
}
