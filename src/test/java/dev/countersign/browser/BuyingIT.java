package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.countersign.e2e.Product;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Purchases by chat: asked for, approved on the phone or not, and told by the page as they go. */
@WithBrowser
class BuyingIT {
  private static final Pattern COUNTDOWN = Pattern.compile("[0-4]:[0-5]\\d");

  @Test
  void ordersWhenApprovedOnThePhone(Browsers browsers, Product product) {
    UserAgent agent = browsers.open();
    ChatPage chat = SignIn.at(agent.openTab(), product.base()).as("alice");
    PurchaseCard card =
        chat.buy("Buy 2 headphones for at most 300", "2 headphones for at most 300");
    assertThat(card.bindingMessage()).hasText("Do you want to buy 2 headphones for at most 300");
    assertThat(card.card()).containsText("300");
    assertThat(card.label()).hasText("Waiting for you");
    assertThat(card.countdown()).hasText(COUNTDOWN);
    chat.hears("Your approval is needed");
    assertThat(product.orders("headphones")).isEmpty();

    PhonePage phone = PhonePage.open(agent.openTab(), product.tenant.issuer(), "alice");
    phone.approve("Do you want to buy 2 headphones for at most 300");

    card.awaiting("DONE");
    assertThat(card.card()).containsText(Pattern.compile("[Oo]rder 1\\d{3}"));
    assertThat(card.label()).hasText("Done");
    assertThat(card.onThePhone()).isHidden();
    assertThat(card.countdown()).isHidden();
    assertThat(card.cancel()).isHidden();
    assertThat(card.askAgain()).isHidden();
    chat.hears("Your order of 2 headphones is placed");
    assertThat(card.words()).containsText("Your order of 2 headphones is placed");
    assertThat(product.orders("headphones")).hasSize(1);
  }

  @Test
  void ordersNothingWhenDeniedOnThePhone(Browsers browsers, Product product) {
    UserAgent agent = browsers.open();
    ChatPage chat = SignIn.at(agent.openTab(), product.base()).as("alice");
    PurchaseCard card = chat.buy("Buy 3 drums", "3 drums");
    PhonePage.open(agent.openTab(), product.tenant.issuer(), "alice")
        .deny("Do you want to buy 3 drums");
    card.awaiting("DENIED");
    chat.hears("You denied the purchase of 3 drums");
    assertThat(card.words()).containsText("nothing was ordered");
    assertThat(card.outcome()).isHidden();
    assertThat(product.orders("drums")).isEmpty();
  }

  @Test
  void asksForTheSameAgainAtOneClick(Browsers browsers, Product product) {
    ChatPage chat = SignIn.at(browsers.open().openTab(), product.base()).as("alice");
    String wish = "2 hammocks for at most 80";
    PurchaseCard card = chat.buy("Buy " + wish, wish);
    chat.hears("Your approval is needed");
    card.cancel().click();
    card.awaiting("CANCELLED");
    chat.hears("You cancelled the purchase");
    card.askAgain().click();
    assertThat(chat.userMessages().last())
        .containsText(
            "Please ask me again: Shop online (product: hammocks, quantity: 2, price limit: 80)");
    assertThat(chat.cards()).hasCount(2);
    PurchaseCard again = new PurchaseCard(chat.cards().last()).awaiting("AWAITING_APPROVAL");
    assertThat(again.bindingMessage()).hasText("Do you want to buy " + wish);
    assertThat(card.card().first()).hasAttribute("data-status", "CANCELLED");
    assertThat(chat.button("Ask again")).hasCount(0);
    again.cancel().click();
    again.awaiting("CANCELLED");
  }

  @Test
  void ordersNothingWhenCancelledByTheButton(Browsers browsers, Product product) {
    ChatPage chat = SignIn.at(browsers.open().openTab(), product.base()).as("alice");
    PurchaseCard card = chat.buy("Buy 4 sofas", "4 sofas");
    card.cancel().click();
    card.awaiting("CANCELLED");
    assertThat(card.label()).hasText("Taken back");
    assertThat(card.card())
        .containsText("If your phone still asks, an answer there changes nothing.");
    assertThat(card.cancel()).isHidden();
    assertThat(product.as("alice").purchase(card.id()).path("status").asText())
        .isEqualTo("CANCELLED");
    assertThat(product.orders("sofas")).isEmpty();
  }

  @Test
  void ordersNothingWhenCancelledByWords(Browsers browsers, Product product) {
    ChatPage chat = SignIn.at(browsers.open().openTab(), product.base()).as("bob");
    PurchaseCard card = chat.buy("Buy 5 tents", "5 tents");
    chat.say("Cancel it");
    card.awaiting("CANCELLED");
    assertThat(product.orders("tents")).isEmpty();
  }

  @Test
  void tellsWhatIsPendingWhenAsked(Browsers browsers, Product product) {
    ChatPage chat = SignIn.at(browsers.open().openTab(), product.base()).as("alice");
    PurchaseCard card = chat.buy("Buy 6 wardrobes", "6 wardrobes");
    chat.hears("Your approval is needed");
    chat.say("What is pending?");
    assertThat(chat.assistantMessages().last()).containsText(Pattern.compile("[Pp]ending"));
    assertThat(chat.assistantMessages().last()).containsText("6 wardrobes");
    card.cancel().click();
    card.awaiting("CANCELLED");
  }

  @Test
  void showsTheSameAfterAReloadAndInASecondTab(Browsers browsers, Product product) {
    UserAgent agent = browsers.open();
    Page first = agent.openTab();
    ChatPage chat = SignIn.at(first, product.base()).as("alice");
    chat.buy("Buy 7 ladders", "7 ladders");
    chat.hears("Your approval is needed");
    first.reload();
    assertShowsTheLadders(chat.shown());

    Page second = agent.openTab();
    second.navigate(chat.address());
    ChatPage other = new ChatPage(second).shown();
    assertShowsTheLadders(other);
    PurchaseCard card = other.card("7 ladders");
    card.cancel().click();
    card.awaiting("CANCELLED");
    chat.card("7 ladders").awaiting("CANCELLED");
  }

  private static void assertShowsTheLadders(ChatPage chat) {
    chat.card("7 ladders").awaiting("AWAITING_APPROVAL");
    assertThat(chat.userMessages()).hasCount(1);
    assertThat(chat.userMessages()).containsText("Buy 7 ladders");
    assertThat(chat.assistantMessages()).hasCount(1);
  }

  /** The server has taken the message, but its answer gets lost. */
  @Test
  void buysOnceWhenTheAnswerWasLostAndTheMessageIsSentAgain(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting("net::ERR_FAILED");
    Page page = agent.openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("alice");
    AtomicBoolean lost = new AtomicBoolean();
    page.route(
        "**/api/chat",
        route -> {
          if (route.request().method().equals("POST") && lost.compareAndSet(false, true)) {
            route.fetch();
            route.abort();
          } else {
            route.fallback();
          }
        });
    chat.say("Buy 8 mirrors");
    chat.tryAgain().click();
    chat.card("8 mirrors").awaiting("AWAITING_APPROVAL");
    assertThat(chat.tryAgain()).isHidden();
    assertThat(chat.userMessages()).hasCount(1);
    assertThat(chat.cards()).hasCount(1);
    product.phoneOf("alice").approve("Do you want to buy 8 mirrors");
    chat.card("8 mirrors").awaiting("DONE");
    assertThat(product.orders("mirrors")).hasSize(1);
    assertThat(product.phoneOf("alice").requests("Do you want to buy 8 mirrors")).hasSize(1);
  }
}
