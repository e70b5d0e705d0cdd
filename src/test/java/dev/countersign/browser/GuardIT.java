package dev.countersign.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The guard that every browser test relies on. */
@WithBrowser
class GuardIT {
  private static final String ADDRESS = "http://localhost/";

  @Test
  void findsNothingOnAnInnocentPage(Browsers browsers) {
    UserAgent agent = browsers.open();
    show(agent, "<h1>Hello</h1>", "default-src 'self'");
    assertThat(agent.findings()).isEmpty();
  }

  @Test
  void findsAnErrorOnTheConsole(Browsers browsers) {
    assertFound(browsers, "<script>console.error('Alas')</script>", "on the console: Alas");
  }

  @Test
  void findsAnExceptionInAScript(Browsers browsers) {
    assertFound(browsers, "<script>throw new Error('Alas')</script>", "exception in a script");
  }

  @Test
  void findsADialogOfAScript(Browsers browsers) {
    assertFound(browsers, "<img src=x onerror=alert(1)>", "dialog of a script: 1");
  }

  @Test
  void findsARequestThatLeavesTheMachine(Browsers browsers) {
    assertFound(
        browsers,
        "<img src='http://203.0.113.7/logo.png'>",
        "request that leaves this machine: http://203.0.113.7/logo.png");
  }

  @Test
  void findsAFailedRequest(Browsers browsers) {
    assertFound(
        browsers,
        "<script src='http://localhost:1/'></script>",
        "failed request: http://localhost:1/");
  }

  @Test
  void findsAViolationOfTheContentSecurityPolicy(Browsers browsers) {
    UserAgent agent = browsers.open();
    show(agent, "<script>document.title = 'Alas'</script>", "default-src 'self'");
    assertThat(agent.findings())
        .anySatisfy(finding ->
            assertThat(finding)
                .contains("Content Security Policy: script-src-elem forbids inline"));
    agent.expecting("Content Security Policy");
  }

  private static void assertFound(Browsers browsers, String html, String finding) {
    UserAgent agent = browsers.open();
    show(agent, html, "default-src * 'unsafe-inline'");
    assertThat(agent.findings()).anySatisfy(found -> assertThat(found).contains(finding));
    agent.expecting(""); // all of it
  }

  private static void show(UserAgent agent, String html, String policy) {
    Page page = agent.openTab();
    page.route(
        ADDRESS,
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/html")
                    .setHeaders(Map.of("Content-Security-Policy", policy))
                    .setBody(html)));
    page.navigate(ADDRESS);
  }
}
