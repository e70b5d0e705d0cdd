package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** The chat of a user who is signed in. */
public record ChatPage(Page page) {
  private static final int NARROW = 832; // CSS pixels

  /** Waits until the page has found the user signed in. */
  public ChatPage shown() {
    assertThat(user()).hasAccessibleName(Pattern.compile("Menu of .+")); // by the script
    assertThat(user()).isVisible();
    return this;
  }

  /** Types a message and sends it by Enter. */
  ChatPage say(String message) {
    composer().fill(message);
    composer().press("Enter");
    return this;
  }

  /** Asks for a purchase and waits for the card that awaits the approval. */
  PurchaseCard buy(String message, String purchase) {
    say(message);
    return card(purchase).awaiting("AWAITING_APPROVAL");
  }

  Keys keys() {
    return new Keys(page);
  }

  Locator composer() {
    return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message"));
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The user's name in the header, behind which the menu is. */
  Locator user() {
    return page.locator("#user-button");
  }

  /** What is embedded, above the chat. */
  Locator developmentNote() {
    return page.locator("#banner")
        .getByRole(AriaRole.NOTE, new Locator.GetByRoleOptions().setName("Development services"));
  }

  Locator menu() {
    return page.locator("#user-menu");
  }

  /** In the menu. */
  Locator signOutButton() {
    return menu()
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign out").setExact(true));
  }

  void signOut() {
    user().click();
    signOutButton().click();
  }

  /** In the header: leads to what waits. */
  Locator inboxLink() {
    return page.locator("#inbox-link");
  }

  InboxPage openInbox() {
    inboxLink().click();
    return new InboxPage(page).shown();
  }

  Locator log() {
    return page.getByRole(AriaRole.LOG, new Page.GetByRoleOptions().setName("Messages"));
  }

  Locator userMessages() {
    return log().locator("li.message[data-role=user]");
  }

  Locator assistantMessages() {
    return log().locator("li.message[data-role=assistant]");
  }

  /** Waits until the assistant has said something with these words. */
  void hears(String words) {
    assertThat(assistantMessages().filter(new Locator.FilterOptions().setHasText(words)))
        .hasCount(1);
  }

  /** The button at a message that could not be sent. */
  Locator tryAgain() {
    return failures()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Try again"));
  }

  /** Why messages could not be sent, each with what can be done. */
  Locator failures() {
    return userMessages().getByRole(AriaRole.ALERT);
  }

  /** What keeps the chat from going on, above the composer. */
  Locator notice() {
    return page.locator("#notice");
  }

  /** What the notice offers where a conversation can't go on. */
  Locator beginFromNotice() {
    return notice()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("New conversation"));
  }

  Locator thinking() {
    return log().getByRole(AriaRole.STATUS).getByText("Thinking…");
  }

  /** What may be shown of the answer that is still coming. */
  Locator draft() {
    return page.locator("#draft");
  }

  Locator cards() {
    return log().locator("article.call");
  }

  /**
   * The card of a purchase.
   *
   * @param purchase such as {@code 2 headphones}
   */
  PurchaseCard card(String purchase) {
    return new PurchaseCard(
        log()
            .getByRole(
                AriaRole.ARTICLE,
                new Locator.GetByRoleOptions().setName(PurchaseCard.name(purchase))));
  }

  /** What a new conversation suggests to say. */
  Locator examples() {
    return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Examples"));
  }

  ConversationList conversations() {
    return new ConversationList(page);
  }

  /** The same in a window of this width, where it may be behind a button. */
  ConversationList conversations(int width) {
    ConversationList list = conversations();
    if (width < NARROW && !list.navigation().isVisible()) {
      button("Conversations").click();
    }
    return list;
  }

  /** The address, by which this conversation is found again. */
  String address() {
    return page.url();
  }
}
