package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.countersign.e2e.Product;
import org.junit.jupiter.api.Test;

/** Everything without a mouse. */
@WithBrowser
class KeyboardIT {
  @Test
  void buysAndApprovesByKeysAlone(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting("status of 401"); // once signed out
    Page page = agent.openTab();
    Keys keys = new Keys(page);
    SignIn visitor = SignIn.at(page, product.base());
    keys.tabTo(visitor.link()).press("Enter");
    keys.tabTo(visitor.loginAs("alice")).press("Enter");
    ChatPage chat = new ChatPage(page).shown();
    assertThat(chat.composer()).isFocused();
    keys.type("Buy 2 bicycles").press("Enter");
    PurchaseCard card = chat.card("2 bicycles").awaiting("AWAITING_APPROVAL");
    assertThat(chat.composer()).isFocused();

    Page phone = agent.openTab();
    Locator request =
        PhonePage.open(phone, product.tenant.issuer(), "alice")
            .request("Do you want to buy 2 bicycles");
    new Keys(phone).tabTo(PhonePage.approveButton(request)).press("Enter");
    assertThat(request).hasAttribute("data-status", "approved");

    page.bringToFront();
    card.awaiting("DONE");
    keys.tabTo(chat.user()).press("Enter", "ArrowUp", "ArrowUp");
    assertThat(chat.signOutButton()).isFocused();
    keys.press("Enter");
    assertThat(visitor.link()).isVisible();
  }

  @Test
  void keepsTheFocusInThePageWhenAPurchaseIsCancelledByKey(Browsers browsers, Product product) {
    ChatPage chat = bobsChat(browsers, product);
    Keys keys = chat.keys();
    PurchaseCard card = chat.buy("Buy 3 scooters", "3 scooters");
    keys.tabTo(card.cancel()).press("Enter");
    card.awaiting("CANCELLED");
    assertThat(card.card()).isFocused();
  }

  @Test
  void breaksTheLineAtShiftEnterAndSendsAtEnter(Browsers browsers, Product product) {
    ChatPage chat = bobsChat(browsers, product);
    Keys keys = chat.keys();
    chat.composer().focus();
    keys.type("One line").press("Shift+Enter").type("and another");
    assertThat(chat.composer()).hasValue("One line\nand another");
    assertThat(chat.userMessages()).hasCount(0);
    keys.press("Enter");
    assertThat(chat.userMessages()).containsText("One line and another"); // as text is compared
    assertThat(chat.userMessages().locator(".message-text").innerText())
        .isEqualTo("One line\nand another");
    assertThat(chat.composer()).hasValue("");
  }

  @Test
  void skipsTheConversationsByTheFirstLink(Browsers browsers, Product product) {
    ChatPage chat = bobsChat(browsers, product);
    Locator skip =
        chat.page()
            .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Skip to the message"));
    Object isFirst =
        skip.evaluate(
            """
            link => link === [...document.querySelectorAll('a[href], button, textarea, [tabindex="0"]')]
              .find(element => element.checkVisibility({visibilityProperty: true}))
            """);
    assertThat(isFirst).isEqualTo(true);
    skip.focus();
    assertThat(skip).isInViewport();
    chat.keys().press("Enter");
    assertThat(chat.composer()).isFocused();
  }

  @Test
  void givesTheFocusBackWhenTheDialogIsLeftByEscape(Browsers browsers, Product product) {
    ChatPage chat = bobsChat(browsers, product);
    Keys keys = chat.keys();
    chat.say("Keep me or not");
    chat.hears("offline model");
    ConversationList list = chat.conversations();
    Locator options = list.options("Keep me or not");
    keys.tabTo(options).press("Enter", "ArrowDown");
    assertThat(list.menuItem("Delete")).isFocused();
    keys.press("Escape");
    assertThat(options).isFocused();
    keys.press("Enter", "ArrowDown", "Enter");
    assertThat(list.dialogButton("Keep")).isFocused();
    keys.press("Escape");
    assertThat(list.dialog()).isHidden();
    assertThat(options).isFocused();
    keys.press("Enter", "ArrowDown", "Enter").tabTo(list.dialogButton("Delete")).press("Enter");
    assertThat(list.dialog()).isHidden();
    assertThat(options).hasCount(0);
    assertThat(chat.page().locator("body")).not().isFocused();
  }

  @Test
  void beginsANewConversationByKey(Browsers browsers, Product product) {
    ChatPage chat = bobsChat(browsers, product);
    Keys keys = chat.keys();
    chat.say("An old story");
    chat.hears("offline model");
    keys.tabTo(chat.conversations().startNew()).press("Enter");
    assertThat(chat.composer()).isFocused();
    assertThat(chat.userMessages()).hasCount(0);
    keys.type("A new story").press("Enter");
    assertThat(chat.userMessages()).hasCount(1);
    chat.hears("offline model");
  }

  private static ChatPage bobsChat(Browsers browsers, Product product) {
    return SignIn.at(browsers.open().openTab(), product.base()).as("bob");
  }
}
