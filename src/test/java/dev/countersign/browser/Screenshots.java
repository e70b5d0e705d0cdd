package dev.countersign.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;

/**
 * Pictures of pages for the documentation: in {@code target/screenshots}, or where the system
 * property {@code screenshots.into} says.
 */
final class Screenshots {
  private static final Path FOLDER =
      Path.of(System.getProperty("screenshots.into", "target/screenshots"));

  private Screenshots() {}

  /** Whether somebody wants to look at more than the documentation shows. */
  static boolean areAsked() {
    return System.getProperty("screenshots.into") != null;
  }

  /** Takes what the window shows. */
  static void take(Page page, String name) {
    take(page, name, false);
  }

  /** Takes all that could be reached by scrolling too. */
  static void takeWhole(Page page, String name) {
    take(page, name, true);
  }

  private static void take(Page page, String name, boolean whole) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(whole)
            .setPath(FOLDER.resolve(name + ".png"))
            .setAnimations(ScreenshotAnimations.DISABLED));
  }
}
