package dev.countersign.app.login;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/** Goes to the page, by a path alone: whatever the request calls this host, nobody is led away. */
final class ToPage {
  private ToPage() {}

  static void redirect(HttpServletResponse response, String path) {
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader(HttpHeaders.LOCATION, path);
  }
}
