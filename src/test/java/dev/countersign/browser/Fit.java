package dev.countersign.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.assertj.core.api.InstanceOfAssertFactories;

/** Whether a page needs no scrolling sideways. */
final class Fit {
  private Fit() {}

  /** Fails if something visible leaves the window, or if the page or its log can be panned. */
  static void check(Page page, String what) {
    Object tooWide =
        page.evaluate(
            """
            () => [...document.querySelectorAll('body *')]
              .filter(element => element.checkVisibility({visibilityProperty: true}))
              .filter(element => {
                for (let each = element; each; each = each.parentElement) {
                  if (getComputedStyle(each).clipPath !== 'none') return false; // for screen readers
                }
                return true;
              })
              .map(element => ({element, box: element.getBoundingClientRect()}))
              .filter(({box}) => box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5))
              .map(({element}) => element.outerHTML.slice(0, 120))
              .concat([document.documentElement, ...document.querySelectorAll('.log')]
                .filter(({scrollWidth, clientWidth}) => scrollWidth > clientWidth)
                .map(({tagName, className}) => `${tagName} ${className} scrolls sideways`))
            """);
    assertThat(tooWide).as(what).asInstanceOf(InstanceOfAssertFactories.LIST).isEmpty();
  }
}
