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
    return open(options(width, height, scheme));
  }

  /** A browser on a desk whose user reads this language and writes times as it does. */
  UserAgent openIn(String locale) {
    return open(options(1440, 900, ColorScheme.LIGHT).setLocale(locale));
  }

  /** The same on a fine screen, whose pictures stay sharp: two pixels for each of CSS. */
  UserAgent openFine(int width, int height, ColorScheme scheme) {
    return open(options(width, height, scheme).setDeviceScaleFactor(2));
  }

  /** A browser on a desk that takes any certificate. */
  UserAgent openTrusting() {
    return open(options(1440, 900, ColorScheme.LIGHT).setIgnoreHTTPSErrors(true));
  }

  private static Browser.NewContextOptions options(int width, int height, ColorScheme scheme) {
    return new Browser.NewContextOptions()
        .setViewportSize(width, height)
        .setColorScheme(scheme)
        .setReducedMotion(ReducedMotion.REDUCE)
        .setLocale("en-US")
        .setTimezoneId("UTC");
  }

  private UserAgent open(Browser.NewContextOptions options) {
    UserAgent agent = new UserAgent(browser.newContext(options));
    opened.add(agent);
    return agent;
  }

  List<UserAgent> opened() {
    return opened;
  }
}
