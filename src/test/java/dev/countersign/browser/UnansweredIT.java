package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.countersign.e2e.Api;
import dev.countersign.e2e.Product;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A question on the phone that nobody answers, as the chat shows it. */
@WithBrowser
class UnansweredIT {
  @Test
  void countsDownAndOrdersNothingWhenNobodyAnswers(Browsers browsers) {
    try (Product product =
        new Product().startApplication("countersign.approval.requested-expiry=15s")) {
      Page tab = browsers.open().openTab();
      ChatPage chat = SignIn.at(tab, product.base()).as("alice");
      PurchaseCard card = unanswered(chat, product.as("alice")).awaiting("EXPIRED");
      assertThat(card.card())
          .containsText("If your phone still asks, an answer there changes nothing.");
      assertThat(card.askAgain()).isVisible();
      assertThat(card.countdown()).isHidden();
      chat.hears("No approval arrived in time; nothing was done.");
      assertThat(card.words()).containsText("No approval arrived in time");
      assertThat(product.orders("candles")).isEmpty();
      tab.close(); // before what it listens to
    }
  }

  /** A machine that stalls just before the end can't know of an expiry: one more is asked for. */
  private static PurchaseCard unanswered(ChatPage chat, Api alice) {
    PurchaseCard card = asked(chat, 2);
    return Product.awaitEnd(alice, card.id()).path("code").asText().equals("not_asked_in_time")
        ? asked(chat, 3)
        : card;
  }

  private static PurchaseCard asked(ChatPage chat, int candles) {
    PurchaseCard card = chat.buy("Buy " + candles + " candles", candles + " candles");
    assertThat(card.countdown()).hasText(Pattern.compile("0:(0[1-9]|1[0-5])"));
    return card;
  }
}
