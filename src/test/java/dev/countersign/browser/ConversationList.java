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

  Locator link(String title) {
    return navigation()
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(title).setExact(true));
  }

  /** The days by which the list is divided. */
  Locator periods() {
    return navigation().getByRole(AriaRole.HEADING);
  }

  Locator search() {
    return navigation()
        .getByRole(
            AriaRole.SEARCHBOX, new Locator.GetByRoleOptions().setName("Search conversations"));
  }

  /** What the list says in place of conversations. */
  Locator note() {
    return navigation().getByRole(AriaRole.STATUS);
  }

  /** The button behind which is what can be done to a conversation. */
  Locator options(String title) {
    return navigation()
        .getByRole(
            AriaRole.BUTTON,
            new Locator.GetByRoleOptions().setName("Options of " + title).setExact(true));
  }

  /** Opens the dialog. */
  void delete(String title) {
    choose(title, "Delete");
  }

  /** Opens the dialog. */
  void rename(String title) {
    choose(title, "Rename");
  }

  private void choose(String title, String what) {
    options(title).first().click();
    menuItem(what).click();
  }

  /** In the menu of a conversation. */
  Locator menuItem(String name) {
    return navigation()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  Locator dialogField() {
    return dialog().getByRole(AriaRole.TEXTBOX);
  }

  Locator dialogButton(String name) {
    return dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }
}
