package dev.countersign.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import java.nio.file.Path;
import java.util.List;

/** The browser of one user: cookies and storage of its own, and pages that are watched. */
final class UserAgent {
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

  /** What went wrong in the pages so far, and was not expected. */
  List<String> findings() {
    for (Page page : context.pages()) {
      page.evaluate("1"); // what happened before is told before this is answered
    }
    return guard.findings();
  }

  /** Leaves a picture of each page and a trace. */
  void leaveEvidence(Path folder) {
    int number = 0;
    for (Page page : context.pages()) {
      number++;
      page.screenshot(
          new Page.ScreenshotOptions().setPath(folder.resolve("page-" + number + ".png")));
    }
    context.tracing().stop(new Tracing.StopOptions().setPath(folder.resolve("trace.zip")));
  }

  void close() {
    context.close();
  }
}
