package dev.countersign.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import java.nio.file.Path;
import java.util.List;

/** The browser of one user: cookies and storage of its own, and pages that are watched. */
final class UserAgent {
  private static final double PICTURE = 5_000; // ms

  private static final String SET_HIDDEN =
      """
      hidden => {
        Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
        document.dispatchEvent(new Event('visibilitychange'));
      }
      """;

  private final BrowserContext context;
  private final Guard guard = new Guard();

  UserAgent(BrowserContext context) {
    this.context = context;
    context.tracing().start(new Tracing.StartOptions().setSnapshots(true));
    guard.watch(context);
  }

  Page openTab() {
    return context.newPage();
  }

  /** Says what the test is going to provoke, in some of the words of what would be found. */
  UserAgent expecting(String... words) {
    List.of(words).forEach(guard::expect);
    return this;
  }

  /** Forgets one cookie, as if it had expired. */
  void forgetCookie(String name) {
    context.clearCookies(new BrowserContext.ClearCookiesOptions().setName(name));
  }

  /** Takes the network away from all its pages, or gives it back. */
  void setOffline(boolean offline) {
    context.setOffline(offline);
  }

  /** What went wrong in the pages so far, and was not expected. */
  List<String> findings() {
    context.pages().forEach(UserAgent::hearOut);
    return guard.findings();
  }

  /** What happened before is told before the page answers. */
  private static void hearOut(Page page) {
    try {
      page.evaluate("1");
    } catch (PlaywrightException _) { // it was just being loaded anew
      page.waitForLoadState();
      page.evaluate("1");
    }
  }

  /** Tells a page that its tab is in the background; Chromium without windows shows them all. */
  static void putBehind(Page page) {
    page.evaluate(SET_HIDDEN, true);
  }

  /** Tells a page that its tab is to be seen again. */
  static void putInFront(Page page) {
    page.evaluate(SET_HIDDEN, false);
  }

  /** Leaves a picture of each page and a trace. */
  void leaveEvidence(Path folder) {
    int number = 0;
    for (Page page : context.pages()) {
      number++;
      try {
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(folder.resolve("page-" + number + ".png"))
                .setTimeout(PICTURE));
      } catch (PlaywrightException e) {
        System.err.println("No picture of " + page.url() + ": " + e.getMessage());
      }
    }
    context.tracing().stop(new Tracing.StopOptions().setPath(folder.resolve("trace.zip")));
  }

  /** What the pages still ask for is meddled with no more: nobody could answer it any longer. */
  void close() {
    context.pages().forEach(Page::unrouteAll);
    context.close();
  }
}
