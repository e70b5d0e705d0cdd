package dev.countersign.app.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * How cookies for the whole application are named. By TLS with {@code __Host-}: browsers take such
 * a cookie from this very host only, so that no sibling of its domain can slip in another.
 */
public final class CookieNames {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final String HOST_ONLY = "__Host-";

  private CookieNames() {}

  /** Whether the browser may send cookies by TLS only: always, but on this machine. */
  public static boolean byTlsOnly(HttpServletRequest request) {
    return request.isSecure() || !LOOPBACK.contains(request.getServerName());
  }

  /** The name, where the request comes from, of a cookie whose path is {@code /}. */
  public static String ofWholeHost(String name, HttpServletRequest request) {
    return byTlsOnly(request) ? HOST_ONLY + name : name;
  }
}
