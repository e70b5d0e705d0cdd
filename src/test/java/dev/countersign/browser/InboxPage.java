package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** What waits for a user over all conversations, and what has ended. */
record InboxPage(Page page) {
  InboxPage shown() {
    assertThat(main()).isVisible();
    return this;
  }

  Locator main() {
    return page.getByRole(AriaRole.MAIN, new Page.GetByRoleOptions().setName("Inbox"));
  }

  Locator title() {
    return main()
        .getByRole(
            AriaRole.HEADING, new Locator.GetByRoleOptions().setName("Inbox").setExact(true));
  }

  private Locator waiting() {
    return region("Waiting for you");
  }

  Locator ended() {
    return region("Earlier");
  }

  private Locator region(String name) {
    return main().getByRole(AriaRole.REGION, new Locator.GetByRoleOptions().setName(name));
  }

  /** Questions of the cards that wait, in their order. */
  Locator messages() {
    return waiting().locator("article.call .binding-message");
  }

  /** The card of a purchase that waits, such as {@code 2 headphones}. */
  PurchaseCard card(String purchase) {
    return new PurchaseCard(
        waiting()
            .getByRole(
                AriaRole.ARTICLE,
                new Locator.GetByRoleOptions().setName(PurchaseCard.name(purchase))));
  }

  /** The link from a card to where it was asked for. */
  Locator conversationOf(String purchase) {
    return waiting()
        .locator("li.waiting-entry")
        .filter(new Locator.FilterOptions().setHasText("Do you want to buy " + purchase))
        .getByRole(AriaRole.LINK);
  }

  /** The row of a purchase that has ended. */
  Locator endedRow(String purchase) {
    return ended()
        .locator("details")
        .filter(new Locator.FilterOptions().setHasText("Do you want to buy " + purchase));
  }

  /** What the user is not asked again for; hidden while there is nothing. */
  Locator remembered() {
    return region("Remembered");
  }

  Locator choice(String name) {
    return ended().getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName(name));
  }
}
