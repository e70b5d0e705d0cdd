package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** What waits for a user over all conversations, and what has ended. */
record InboxPage(Page page) {
  /** What comes into the list of what waits, and what a screen reader is told. */
  private static final String RECORD =
      """
      () => {
        window.cards = 0;
        window.told = [];
        const observe = (id, added) =>
          new MutationObserver(changes => changes.flatMap(each => [...each.addedNodes]).forEach(added))
            .observe(document.getElementById(id), {childList: true});
        observe('waiting', () => cards++);
        observe('announcer', line => told.push(line.textContent));
      }
      """;

  InboxPage shown() {
    assertThat(main()).isVisible();
    return this;
  }

  /** Goes back to it, and waits until it knows what waits then. */
  InboxPage comeBack() {
    page.waitForResponse(answer -> answer.url().endsWith("/api/approvals/open"), page::goBack)
        .finished();
    return shown();
  }

  /** From now on what comes and goes is written down, though it may not stay. */
  void record() {
    page.evaluate(RECORD);
  }

  /** What a screen reader was told since then, divided by commas. */
  String told() {
    return (String) page.evaluate("told.join()");
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
