package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.countersign.e2e.Api;
import dev.countersign.e2e.Product;
import dev.countersign.e2e.StandingOrders;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an earlier approval covers, as the chat shows it. */
@WithBrowser
class CoveredIT {
  /** What another test has left would be listed too. */
  @BeforeEach
  void nothingIsRemembered(Product product) {
    Api bob = product.as("bob");
    Api.elements(bob.get("/api/grants").body().path("grants"))
        .forEach(grant -> bob.call("DELETE", "/api/grants/" + grant.path("id").asText(), null));
  }

  @Test
  void isListedInTheInboxUntilItsUserWantsToBeAskedAgain(Browsers browsers, Product product) {
    product.scriptedCalls.put("Pay Frank", StandingOrders.call(12, "Frank"));
    Page tab = browsers.open(360, 740, ColorScheme.LIGHT).openTab();
    ChatPage chat = SignIn.at(tab, product.base()).as("bob");
    InboxPage inbox = chat.openInbox();
    assertThat(inbox.remembered()).isHidden();
    tab.goBack();
    chat.say("Pay Frank");
    product.phoneOf("bob").approve("Pay 12 EUR to Frank again");
    assertThat(chat.cards().first()).hasAttribute("data-status", "DONE");

    chat.openInbox();

    assertThat(inbox.remembered()).containsText("Pay 12 EUR to Frank again");
    assertThat(inbox.remembered()).containsText("Pay again · until ");
    assertThat(inbox.remembered()).containsText("In all conversations");
    Accessibility.check(tab, "remembered approval");
    Fit.check(tab, "remembered approval");
    Held list = Held.next(tab, "**/api/grants", "GET");
    UserAgent.putInFront(tab); // which reads the list again
    list.await();
    inbox
        .remembered()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Ask me again"))
        .click();
    assertThat(inbox.remembered()).isHidden();
    assertThat(inbox.title()).isFocused();
    tab.waitForResponse("**/api/grants", list::letGo);
    assertThat(inbox.remembered()).isHidden();
    tab.goBack();
    chat.say("Pay Frank");
    assertThat(chat.cards().nth(1)).hasAttribute("data-status", "AWAITING_APPROVAL");
    product.phoneOf("bob").deny("Pay 12 EUR to Frank again");
    assertThat(chat.cards().nth(1)).hasAttribute("data-status", "DENIED");
  }

  @Test
  void namesTheApprovalUntilItsUserWantsToBeAskedAgain(Browsers browsers, Product product) {
    product.scriptedCalls.put("Pay Erin", StandingOrders.call(11, "Erin"));
    Page tab = browsers.open().openTab();
    ChatPage chat = SignIn.at(tab, product.base()).as("bob");
    chat.say("Pay Erin");
    product.phoneOf("bob").approve("Pay 11 EUR to Erin again");
    assertThat(chat.cards().first()).hasAttribute("data-status", "DONE");
    assertThat(chat.cards().first().getByText("Covered by your approval")).isHidden();

    chat.say("Pay Erin");

    Locator covered = chat.cards().nth(1);
    assertThat(covered).hasAttribute("data-status", "DONE");
    assertThat(covered.locator(".covered"))
        .containsText(Pattern.compile("Covered by your approval of .+\\."));
    assertThat(covered.getByText("Your phone shows")).isHidden();
    Accessibility.check(tab, "covered call");
    covered
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Ask me again from now on"))
        .click();
    assertThat(covered.getByText("You will be asked again.")).isVisible();

    chat.say("Pay Erin");
    assertThat(chat.cards().nth(2)).hasAttribute("data-status", "AWAITING_APPROVAL");
    product.phoneOf("bob").deny("Pay 11 EUR to Erin again");
    assertThat(chat.cards().nth(2)).hasAttribute("data-status", "DENIED");
  }
}
