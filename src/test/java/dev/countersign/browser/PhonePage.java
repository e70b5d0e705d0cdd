package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** A user's phone at the development tenant. */
record PhonePage(Page page) {
  static PhonePage open(Page page, String issuer, String user) {
    page.navigate(issuer + "phone?user=" + user);
    return new PhonePage(page);
  }

  /** The request with this binding message. */
  Locator request(String bindingMessage) {
    return page.locator("article.request")
        .filter(new Locator.FilterOptions().setHasText(bindingMessage));
  }

  void approve(String bindingMessage) {
    press("Approve", bindingMessage);
    assertThat(request(bindingMessage)).hasAttribute("data-status", "approved");
  }

  void deny(String bindingMessage) {
    press("Deny", bindingMessage);
    assertThat(request(bindingMessage)).hasAttribute("data-status", "denied");
  }

  private void press(String button, String bindingMessage) {
    request(bindingMessage)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button))
        .click();
  }
}
