package dev.countersign.app.api;

import java.util.List;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The pages, and the scripts, styles and pictures that they consist of: they are everybody's. */
public final class PageFiles {
  private static final List<String> PATTERNS =
      List.of(
          "/",
          "/index.html",
          "/operator",
          "/operator.html",
          "/favicon.ico",
          "/*.css",
          "/*.js",
          "/*.svg");

  private PageFiles() {}

  /** Whether a request is for one of them, by whatever method. */
  public static RequestMatcher matcher() {
    return new OrRequestMatcher(
        PATTERNS.stream().<RequestMatcher>map(PathPatternRequestMatcher::pathPattern).toList());
  }
}
