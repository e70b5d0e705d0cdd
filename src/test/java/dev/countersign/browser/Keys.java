package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The keyboard, as the only way to use a page. */
record Keys(Page page) {
  private static final int FURTHEST = 60; // stops from one thing to the next

  Keys press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
    return this;
  }

  Keys type(String text) {
    page.keyboard().type(text);
    return this;
  }

  /** Presses Tab until something has the focus. */
  Keys tabTo(Locator target) {
    assertThat(target).isVisible();
    for (int i = 0; i < FURTHEST; i++) {
      press("Tab");
      if ((boolean) target.evaluate("element => element === document.activeElement")) {
        return this;
      }
    }
    throw new AssertionError("Tab doesn't lead to " + target);
  }
}
