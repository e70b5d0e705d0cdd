package dev.countersign.security;

/** How the page shows that a request is its own, and not another site's. */
public final class CsrfNames {
  /** The cookie that the page's script reads. */
  public static final String COOKIE = "COUNTERSIGN_CSRF";

  /** The header that it sends the cookie's value back in. */
  public static final String HEADER = "X-CSRF-TOKEN";

  private CsrfNames() {}
}
