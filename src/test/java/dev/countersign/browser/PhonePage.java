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
    approveButton(request(bindingMessage)).click();
    assertThat(request(bindingMessage)).hasAttribute("data-status", "approved");
  }

  void deny(String bindingMessage) {
    button(request(bindingMessage), "Deny").click();
    assertThat(request(bindingMessage)).hasAttribute("data-status", "denied");
  }

  static Locator approveButton(Locator request) {
    return button(request, "Approve");
  }

  private static Locator button(Locator request, String name) {
    return request.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }
}
