package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.countersign.e2e.Product;
import org.junit.jupiter.api.Test;

/** Words that the page has not chosen are text, whatever they look like. */
@WithBrowser
class ForeignTextIT {
  private static final String IMAGE = "<img src=x onerror=alert(1)>";

  @Test
  void showsAProductNamedLikeHtmlAsText(Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("alice");
    chat.say("Buy an " + IMAGE);
    assertThat(chat.assistantMessages().last()).containsText(IMAGE); // no phone can show it
    assertThat(chat.userMessages()).containsText("Buy an " + IMAGE);
    assertThat(chat.conversations().current()).hasText("Buy an " + IMAGE);
    assertThat(page.locator("img[src=x]")).hasCount(0);
    page.reload();
    assertThat(chat.shown().assistantMessages().last()).containsText(IMAGE);
    assertThat(page.locator("img[src=x]")).hasCount(0);
  }

  @Test
  void linksOnlyAddressesThatAreShownInFullWhenTheModelWritesLinks(
      Browsers browsers, Product product) {
    product.scriptedAnswers.put(
        "Show me links",
        () ->
            """
            <b>Bold</b> %s <a href="javascript:alert(2)">here</a> [there](javascript:alert(3))
            javascript:alert(4) data:text/html,<script>alert(5)</script>
            and https://shop.example/offer?id=1.\
            """
                .formatted(IMAGE));
    Page page = browsers.open().openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("alice");
    chat.say("Show me links");
    chat.hears("<b>Bold</b> " + IMAGE + " <a href=\"javascript:alert(2)\">here</a>");
    Locator message = chat.assistantMessages().last();
    assertThat(message).containsText("data:text/html,<script>alert(5)</script>");
    assertThat(message.locator("b, img, script")).hasCount(0);
    Locator links = message.locator("a");
    assertThat(links).hasCount(1);
    assertThat(links).hasText("https://shop.example/offer?id=1");
    assertThat(links).hasAttribute("href", "https://shop.example/offer?id=1");
  }
}
