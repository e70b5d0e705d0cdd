package dev.countersign.app.api;

import java.util.Arrays;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The files that the pages consist of: scripts, styles and pictures, which are everybody's. */
public final class PageParts {
  private static final String[] PATTERNS = {"/*.css", "/*.js", "/*.svg"};

  private PageParts() {}

  /** Whether a request is for one of them. */
  public static RequestMatcher matcher() {
    return new OrRequestMatcher(
        Arrays.stream(PATTERNS)
            .<RequestMatcher>map(PathPatternRequestMatcher::pathPattern)
            .toList());
  }
}
