package dev.countersign.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The list of a user's conversations beside the chat. */
record ConversationList(Page page) {
  Locator navigation() {
    return page.getByRole(
        AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Conversations"));
  }

  Locator links() {
    return navigation().getByRole(AriaRole.LINK);
  }

  /** The conversation that is open. */
  Locator current() {
    return navigation().locator("[aria-current=page]");
  }

  Locator startNew() {
    return navigation()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("New conversation"));
  }

  Locator delete(String title) {
    return navigation()
        .getByRole(
            AriaRole.BUTTON,
            new Locator.GetByRoleOptions().setName("Delete " + title).setExact(true));
  }

  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  Locator dialogButton(String name) {
    return dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }
}
