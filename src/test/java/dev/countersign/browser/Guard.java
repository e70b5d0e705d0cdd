package dev.countersign.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Watches all pages of one browser for what must not happen: errors on the console, exceptions in
 * scripts, violations of the Content Security Policy, dialogs of scripts, requests that fail, and
 * requests or sockets that leave this machine. A test names what it provokes.
 */
final class Guard {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> WITHOUT_HOST = Set.of("data", "blob", "about");

  /** A page's own end to a request, by navigation or by closing a stream. */
  private static final String GIVEN_UP = "net::ERR_ABORTED";

  private static final String REPORT_VIOLATIONS =
      """
      addEventListener('securitypolicyviolation', event => console.error(
        `Content Security Policy: ${event.violatedDirective} forbids ${event.blockedURI}`));
      """;

  private final List<String> findings = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  void watch(BrowserContext context) {
    context.addInitScript(REPORT_VIOLATIONS);
    context.onConsoleMessage(this::hear);
    context.onWebError(error -> findings.add("exception in a script: " + error.error()));
    context.onDialog(this::dismiss);
    context.onRequest(request -> check(request.url()));
    context.onRequestFailed(this::failed);
    context.onPage(page -> page.onWebSocket(socket -> check(socket.url())));
  }

  /** Findings with these words are the test's own doing. */
  void expect(String words) {
    expected.add(words);
  }

  /** What was found and not expected. */
  List<String> findings() {
    return findings.stream()
        .filter(finding -> expected.stream().noneMatch(finding::contains))
        .toList();
  }

  private void hear(ConsoleMessage message) {
    if (message.type().equals("error")) {
      findings.add("on the console: " + message.text() + " (" + message.location() + ")");
    }
  }

  private void dismiss(Dialog dialog) {
    findings.add("dialog of a script: " + dialog.message());
    dialog.dismiss();
  }

  private void failed(Request request) {
    if (!request.failure().equals(GIVEN_UP)) {
      findings.add("failed request: " + request.url() + " " + request.failure());
    }
  }

  private void check(String url) {
    URI uri = URI.create(url);
    if (!WITHOUT_HOST.contains(uri.getScheme()) && !THIS_MACHINE.contains(uri.getHost())) {
      findings.add("request that leaves this machine: " + url);
    }
  }
}
