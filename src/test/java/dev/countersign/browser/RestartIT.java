package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.countersign.e2e.AppProcess;
import dev.countersign.e2e.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server is killed under an open page, which goes on as soon as the server is back. */
@WithBrowser
class RestartIT {
  /** What a browser says of a server that is away, or was cut off in the middle of an answer. */
  private static final String[] OUTAGE = {
    "net::ERR_CONNECTION_REFUSED",
    "net::ERR_CONNECTION_RESET",
    "net::ERR_EMPTY_RESPONSE",
    "net::ERR_INCOMPLETE_CHUNKED_ENCODING",
    "net::ERR_SOCKET_NOT_CONNECTED",
    "status of 503" // until Temporal is found again
  };

  @SuppressWarnings("NullAway.Init")
  private static Product product;

  @SuppressWarnings("NullAway.Init")
  private static AppProcess app;

  @BeforeAll
  static void start() {
    product = new Product();
    app = AppProcess.launch(product, "browser").awaitReady();
  }

  @AfterAll
  static void stop() {
    app.close();
    product.close();
  }

  @Test
  void tellsOfTheOrderInTheOpenPageWhenApprovedWhileTheServerWasDead(Browsers browsers) {
    UserAgent agent = browsers.open().expecting(OUTAGE);
    Page page = agent.openTab();
    ChatPage chat = SignIn.at(page, app.base()).as("alice");
    assertThat(
            page.getByRole(
                AriaRole.NOTE, new Page.GetByRoleOptions().setName("Development services")))
        .containsText("model"); // the only embedded one here
    PurchaseCard card = chat.buy("Buy 3 kettles", "3 kettles");
    chat.hears("Your approval is needed");
    app.kill();
    product.phoneOf("alice").approve("Do you want to buy 3 kettles");
    app.launchAgain();
    app.awaitReady();
    assertThat(card.card()).hasAttribute("data-status", "DONE", patiently());
    chat.hears("Your order of 3 kettles is placed");
    assertThat(product.orders("kettles")).hasSize(1);
  }

  @Test
  void sendsOnceWhenTriedAgainAfterAnOutage(Browsers browsers) {
    UserAgent agent = browsers.open().expecting(OUTAGE);
    ChatPage chat = SignIn.at(agent.openTab(), app.base()).as("bob");
    chat.say("Hello");
    chat.hears("offline model");
    app.kill();
    chat.say("Buy 4 lanterns");
    assertThat(chat.tryAgain()).isVisible();
    app.launchAgain();
    app.awaitReady();
    chat.tryAgain().click();
    PurchaseCard card = chat.card("4 lanterns").awaiting("AWAITING_APPROVAL");
    assertThat(chat.tryAgain()).isHidden();
    assertThat(chat.userMessages()).hasCount(2);
    product.phoneOf("bob").approve("Do you want to buy 4 lanterns");
    card.awaiting("DONE");
    assertThat(chat.cards()).hasCount(1);
    assertThat(product.orders("lanterns")).hasSize(1);
    assertThat(product.phoneOf("bob").requests("Do you want to buy 4 lanterns")).hasSize(1);
  }

  /** A killed worker's wait is taken up within the heartbeat timeout of 30 s. */
  private static LocatorAssertions.HasAttributeOptions patiently() {
    return new LocatorAssertions.HasAttributeOptions().setTimeout(90_000);
  }
}
