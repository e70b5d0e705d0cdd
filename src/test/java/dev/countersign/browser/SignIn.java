package dev.countersign.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The page of a visitor who is signed out, and the tenant's login behind it. */
public record SignIn(Page page) {
  /** Opens the application's page. */
  public static SignIn at(Page page, String base) {
    page.navigate(base + "/");
    return new SignIn(page);
  }

  /** Signs a user of the development tenant in. */
  public ChatPage as(String user) {
    toTheTenant();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in as " + user))
        .click();
    return new ChatPage(page).shown();
  }

  /** Follows the link, which ends at the tenant's login page. */
  void toTheTenant() {
    link().click();
    page.waitForURL("**/login");
  }

  /** The link, which the page shows when it has found nobody signed in. */
  public Locator link() {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in"));
  }

  /** The tenant's button for a user. */
  Locator loginAs(String user) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in as " + user));
  }
}
