package dev.countersign.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.function.BiConsumer;

/**
 * How views of a page look in the light and in the dark: axe-core finds no barrier, and there is a
 * picture of each for whoever asks for one.
 *
 * @param picture takes it, under a name
 */
record Looks(Page page, BiConsumer<Page, String> picture) {
  /** With pictures of what the window shows. */
  Looks(Page page) {
    this(page, Screenshots::take);
  }

  void at(String view) {
    Accessibility.check(page, view);
    takeIfAsked(view, "light");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    Accessibility.checkColours(page, view + " in the dark");
    takeIfAsked(view, "dark");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private void takeIfAsked(String view, String scheme) {
    if (Screenshots.areAsked()) {
      int width = page.viewportSize().width;
      picture.accept(page, "%s-%d-%s".formatted(view.replace(' ', '-'), width, scheme));
    }
  }
}
