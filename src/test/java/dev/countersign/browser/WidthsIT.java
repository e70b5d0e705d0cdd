package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.countersign.e2e.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is cut off or reached by scrolling sideways, on a small phone as on a desk. */
@WithBrowser
class WidthsIT {
  /** A word with no place to break a line, of a length that the phone still shows. */
  private static final String LONG = "extraordinarily".repeat(2) + "splendid";

  @ParameterizedTest
  @ValueSource(ints = {360, 1440})
  void fitsTheWindow(int width, Browsers browsers, Product product) {
    Page page = browsers.open(width, 740, ColorScheme.LIGHT).openTab();
    SignIn visitor = SignIn.at(page, product.base());
    assertThat(visitor.link()).isVisible();
    Fit.check(page, "signed out");
    visitor.toTheTenant();
    Fit.check(page, "login at the tenant");
    visitor.loginAs("alice").click();
    ChatPage chat = new ChatPage(page).shown();
    assertThat(chat.examples()).isVisible();
    Fit.check(page, "new conversation");
    chat.say(LONG.repeat(6));
    chat.hears("offline model");
    String wish = "2 " + LONG + width;
    PurchaseCard card = chat.buy("Buy " + wish, wish);
    chat.hears("Your approval is needed");
    Fit.check(page, "pending purchase");
    card.cancel().scrollIntoViewIfNeeded();
    card.cancel().click();
    card.awaiting("CANCELLED");
    chat.hears("You cancelled the purchase");
    Fit.check(page, "cancelled purchase");
    PhonePage.open(page, product.tenant.issuer(), "alice");
    assertThat(page.locator("article.request").first()).isVisible();
    Fit.check(page, "phone");
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 1440})
  void fitsTheWindowWithALongNameAndALongProduct(int width, Browsers browsers, Product product) {
    Page page = browsers.open(width, 740, ColorScheme.LIGHT).openTab();
    StandIns.callTheUser(page, "N".repeat(100));
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    String wish = "3 " + LONG + width;
    chat.buy("Buy " + wish, wish);
    Fit.check(page, "chat of a user with a long name");
    chat.user().click();
    assertThat(chat.menu()).containsText("N".repeat(100));
    Fit.check(page, "menu behind a long name");
    page.keyboard().press("Escape");
    InboxPage inbox = chat.openInbox();
    PurchaseCard card = inbox.card(wish).awaiting("AWAITING_APPROVAL");
    Fit.check(page, "inbox");
    card.cancel().click();
    inbox.endedRow(wish).locator("summary").click();
    Fit.check(page, "what has ended");
  }

  @Test
  void keepsTheConversationsBehindAButtonWhenNarrow(Browsers browsers, Product product) {
    Page page = browsers.open(360, 740, ColorScheme.LIGHT).openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    chat.say("In a narrow street");
    chat.hears("offline model");
    ConversationList list = chat.conversations();
    Locator toggle =
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Conversations"));
    assertThat(toggle).hasAttribute("aria-expanded", "false");
    assertThat(list.navigation()).isHidden();
    toggle.click();
    assertThat(toggle).hasAttribute("aria-expanded", "true");
    assertThat(list.current()).isInViewport();
    Fit.check(page, "list of conversations");
    page.keyboard().press("Escape");
    assertThat(toggle).hasAttribute("aria-expanded", "false");
    assertThat(toggle).isFocused();
    toggle.click();
    list.startNew().click();
    assertThat(list.navigation()).isHidden();
    assertThat(chat.examples()).isVisible();
  }

  @Test
  void showsTheConversationsBesideTheChatWhenWide(Browsers browsers, Product product) {
    Page page = browsers.open(1440, 900, ColorScheme.LIGHT).openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    assertThat(chat.conversations().startNew()).isInViewport();
    assertThat(
            page.getByRole(
                AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName("Conversations").setExact(true)))
        .hasCount(0);
  }
}
