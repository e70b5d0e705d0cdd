package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The operators' page: calls of all users, and one of them. */
record OperatorPage(Page page) {
  /**
   * Opens it for somebody who isn't signed in yet, and signs them in.
   *
   * @param place the part of the address that names what is shown: a query, and a call behind #
   */
  static OperatorPage open(Page page, String base, String place, String user) {
    page.navigate(base + "/operator" + place);
    SignIn visitor = new SignIn(page);
    visitor.toTheTenant();
    visitor.loginAs(user).click();
    return new OperatorPage(page);
  }

  /** Waits until the list has come. */
  OperatorPage shown() {
    assertThat(page.locator("#calls-note")).containsText("as of");
    return this;
  }

  Locator rows() {
    return region("Calls of all users").locator("li.operated");
  }

  /** The row of the call whose question has these words. */
  Locator row(String words) {
    return rows().filter(new Locator.FilterOptions().setHasText(words));
  }

  /** Leads to the call. */
  static Locator link(Locator row) {
    return row.getByRole(AriaRole.LINK);
  }

  /** Leads to the calls of the row's user. */
  static Locator userOf(Locator row) {
    return row.getByRole(AriaRole.BUTTON);
  }

  Locator listNote() {
    return page.locator("#calls-note");
  }

  Locator status() {
    return page.getByLabel("Status");
  }

  Locator tool() {
    return page.getByLabel("Tool");
  }

  Locator user() {
    return page.getByLabel("User’s digest");
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Reads the list once more. */
  void refresh() {
    region("Calls of all users")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Refresh"))
        .click();
  }

  /** All of the one that is looked at. */
  Locator call() {
    return page.locator("#call");
  }

  Locator callTitle() {
    return page.locator("#call-title");
  }

  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  /** In the dialog. */
  Locator confirm(String name) {
    return dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator region(String name) {
    return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name));
  }
}
