package dev.countersign.app.api;

import jakarta.servlet.http.HttpServletRequest;

/** How the page shows that a request is its own, and not another site's. */
public final class CsrfNames {
  /** The header that it sends the cookie's value back in. */
  public static final String HEADER = "X-CSRF-TOKEN";

  private static final String COOKIE = "COUNTERSIGN_CSRF";

  private CsrfNames() {}

  /** The cookie that the page's script reads, as it is called where the request comes from. */
  public static String cookie(HttpServletRequest request) {
    return CookieNames.ofWholeHost(COOKIE, request);
  }
}
