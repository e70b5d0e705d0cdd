package dev.countersign.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;

/** The browsers of one test. */
final class Browsers {
  private final Browser browser;
  private final List<UserAgent> opened = new ArrayList<>();

  Browsers(Browser browser) {
    this.browser = browser;
  }

  /** A browser on a desk: 1440 by 900 pixels, light. */
  UserAgent open() {
    return open(1440, 900, ColorScheme.LIGHT);
  }

  /** A browser with a window of this size in CSS pixels. */
  UserAgent open(int width, int height, ColorScheme scheme) {
    UserAgent agent =
        new UserAgent(
            browser.newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(scheme)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setLocale("en-US")
                    .setTimezoneId("UTC")));
    opened.add(agent);
    return agent;
  }

  List<UserAgent> opened() {
    return opened;
  }
}
