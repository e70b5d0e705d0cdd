package dev.countersign.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The one Chromium of a JVM's tests, and the driver that speaks to it. The driver comes out of its
 * jar and is told to download nothing; the browser finds no host but this machine.
 */
public final class Chromium implements AutoCloseable {
  private static final double PATIENCE = 30_000; // ms, on a machine with little to spare
  private static final Map<String, String> NO_DOWNLOAD =
      Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts the browser that is installed on the machine. */
  public static Chromium start() {
    return start(
        Executable.find(System.getenv())
            .orElseThrow(() -> new IllegalStateException(Executable.HOW_TO_INSTALL)));
  }

  private static Chromium start(Path program) {
    Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(NO_DOWNLOAD));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    return new Chromium(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(arguments())));
  }

  private static List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");
    if (System.getProperty("user.name").equals("root")) {
      arguments.add("--no-sandbox"); // which root can't have
    }
    return arguments;
  }

  /** Its contexts share nothing. */
  public Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
