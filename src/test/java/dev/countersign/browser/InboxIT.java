package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.countersign.e2e.Api;
import dev.countersign.e2e.Product;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All that waits for a user in one place, and what became of it. */
@WithBrowser
class InboxIT {
  private static final Pattern NONE_WAITS = Pattern.compile("^Inbox$");

  /** As another tab tells what became of a call. */
  private static final String TELL_AS_FAILED =
      """
      async id => {
        const [{user}, call] = await Promise.all(['/api/session', `/api/approvals/${id}`]
          .map(async path => (await fetch(path)).json()));
        new BroadcastChannel('countersign').postMessage(
          {kind: 'call', user, detail: {...call, status: 'FAILED', version: call.version + 1}});
      }
      """;

  /**
   * Another test's questions would be counted too, and a chat would be asked which one it means.
   */
  @BeforeEach
  @AfterEach
  void nothingWaits(Product product) {
    Api bob = product.as("bob");
    Api.elements(bob.get("/api/approvals/open").body().path("calls"))
        .forEach(call -> bob.post("/api/approvals/" + call.path("id").asText() + "/cancel", ""));
  }

  @Test
  void showsWhatWaitsWhoeverHasAskedTheOldestFirst(Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    chat.buy("Buy 2 cellos for at most 300", "2 cellos for at most 300");
    assertThat(chat.inboxLink()).hasAccessibleName("Inbox, 1 waiting");
    assertThat(page).hasTitle("(1) Buy 2 cellos for at most 300 – Countersign");
    product.as("bob").buy(3, "violas");
    InboxPage inbox = chat.openInbox();
    assertThat(inbox.messages())
        .hasText(
            new String[] {
              "Do you want to buy 2 cellos for at most 300", "Do you want to buy 3 violas"
            });
    assertThat(page).hasTitle("(2) Inbox – Countersign");
    assertThat(inbox.title()).isFocused();
    PurchaseCard cellos = inbox.card("2 cellos for at most 300");
    assertThat(cellos.card()).containsText("Shop online");
    assertThat(cellos.card()).containsText("300");
    assertThat(cellos.countdown()).isVisible();
    assertThat(inbox.conversationOf("3 violas")).hasCount(0);
    assertThat(inbox.conversationOf("2 cellos for at most 300"))
        .hasText("Buy 2 cellos for at most 300");

    inbox.conversationOf("2 cellos for at most 300").click();
    assertThat(inbox.main()).isHidden();
    assertThat(chat.log()).isFocused();
    chat.card("2 cellos for at most 300").awaiting("AWAITING_APPROVAL");
    inbox.comeBack().card("3 violas").cancel().click();
    assertThat(inbox.endedRow("3 violas").first()).hasAttribute("data-status", "CANCELLED");
    assertThat(inbox.messages()).hasCount(1);
  }

  @Test
  void movesWhatIsDecidedToWhatHasEnded(Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    SignIn.at(page, product.base()).as("bob").openInbox();
    InboxPage inbox = new InboxPage(page);
    product.as("bob").buy(1, "harpsichord");
    inbox.card("1 harpsichord").awaiting("AWAITING_APPROVAL");
    product.phoneOf("bob").approve("Do you want to buy 1 harpsichord");
    Locator row = inbox.endedRow("1 harpsichord").first();
    assertThat(row).hasAttribute("data-status", "DONE");
    assertThat(new ChatPage(page).inboxLink()).hasAccessibleName(NONE_WAITS);
    assertThat(inbox.main()).containsText("Nothing waits for you");
    row.locator("summary").click();
    assertThat(row.locator("article.call")).hasAttribute("data-status", "DONE");

    String id = row.locator("article.call").getAttribute("data-call-id");
    inbox.choice("Outcome").selectOption("DENIED");
    assertThat(inbox.endedRow("1 harpsichord")).hasCount(0);
    inbox.choice("Outcome").selectOption("DONE");
    assertThat(inbox.endedRow("1 harpsichord").first()).isVisible();
    page.evaluate(TELL_AS_FAILED, id);
    assertThat(inbox.endedRow("1 harpsichord")).hasCount(0);
    page.reload();
    assertThat(inbox.endedRow("1 harpsichord").first()).isVisible();
    assertThat(page).hasTitle("Inbox – Countersign");
  }

  @Test
  void asksAgainWhereItWasAskedFor(Browsers browsers, Product product) {
    Page page = browsers.open().expecting("net::ERR_FAILED").openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    chat.buy("Buy 2 clavichords", "2 clavichords").cancel().click();
    chat.hears("You cancelled the purchase");
    chat.conversations().startNew().click();
    product.as("bob").buy(1, "clavinet");
    InboxPage inbox = chat.openInbox();
    inbox.card("1 clavinet").cancel().click();
    Locator byApi = inbox.endedRow("1 clavinet").first();
    byApi.locator("summary").click();
    assertThat(byApi.locator("article.call")).isVisible();
    assertThat(new PurchaseCard(byApi).askAgain()).isHidden(); // there is nowhere to ask

    Locator row = inbox.endedRow("2 clavichords").first();
    row.locator("summary").click();
    new PurchaseCard(row).askAgain().click();
    assertThat(inbox.main()).isHidden();
    assertThat(chat.conversations().current()).hasText("Buy 2 clavichords");
    assertThat(chat.userMessages().last()).containsText("Please ask me again");
    assertThat(chat.cards().last()).hasAttribute("data-status", "AWAITING_APPROVAL");
    inbox.comeBack().card("2 clavichords").cancel().click();
    assertThat(inbox.messages()).hasCount(0);

    page.reload(); // the conversation isn't open any more when the same words are sent again
    row.locator("summary").click();
    CompletableFuture<Route> held = new CompletableFuture<>();
    Sends.of(page).meddleNext(held::complete);
    new PurchaseCard(row).askAgain().click();
    assertThat(chat.cards()).hasCount(2);
    page.waitForCondition(held::isDone);
    held.join().abort();
    assertThat(chat.failures()).containsText("can’t be reached");
    assertThat(chat.userMessages()).hasCount(3);
  }

  /** Whatever was under way meanwhile, or happened while nobody looked. */
  @Test
  void showsAndTellsOnceWhatBeginsAndWhatEnds(Browsers browsers, Product product) {
    Api bob = product.as("bob");
    Page page = browsers.open().openTab();
    InboxPage inbox = SignIn.at(page, product.base()).as("bob").openInbox();
    assertThat(inbox.main()).containsText("Nothing waits for you");
    inbox.record();
    bob.buy(1, "theremin"); // outside of any conversation, as what is behind the inbox
    PurchaseCard card = inbox.card("1 theremin").awaiting("AWAITING_APPROVAL");
    Held open = Held.next(page, "**/api/approvals/open", "GET").await();
    card.cancel().click();
    assertThat(inbox.endedRow("1 theremin").first()).hasAttribute("data-status", "CANCELLED");
    page.waitForResponse("**/api/approvals/open", open::letGo);

    UserAgent.putBehind(page);
    String id = bob.buy(1, "trautonium");
    bob.post("/api/approvals/" + id + "/cancel", "");
    await()
        .atMost(Product.PATIENCE)
        .until(() -> !has(bob, "/open", id) && has(bob, "?status=CANCELLED", id));
    UserAgent.putInFront(page);
    assertThat(inbox.endedRow("1 trautonium").first()).isVisible();
    assertThat(inbox.messages()).hasCount(0);
    assertThat(page.evaluate("cards")).isEqualTo(1);
    assertThat(inbox.told())
        .matches("New in your inbox: [^,]* 1 theremin[^,]*,[^,]* 1 theremin[^,]*: Taken back");
  }

  /** Temporal's list of what has ended comes a moment after the end. */
  @Test
  void showsWhatHasJustEndedBeforeTheListKnowsIt(Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    PurchaseCard card = chat.buy("Buy 2 dulcians", "2 dulcians");
    page.route("**/api/approvals?*", InboxIT::knowsOfNothing);
    card.cancel().click();
    chat.hears("You cancelled the purchase");
    InboxPage inbox = chat.openInbox();
    assertThat(inbox.endedRow("2 dulcians")).isVisible();
    inbox.choice("Outcome").selectOption("DENIED");
    assertThat(inbox.main()).containsText("Nothing matches.");
    inbox.choice("Outcome").selectOption("CANCELLED");
    assertThat(inbox.endedRow("2 dulcians")).isVisible();
  }

  /** What was asked for before counts no more, nor that it can't be had. */
  @Test
  void keepsWhatHasEndedWhenAnEarlierQuestionFails(Browsers browsers, Product product) {
    Page page = browsers.open().expecting("net::ERR_FAILED").openTab();
    InboxPage inbox = SignIn.at(page, product.base()).as("bob").openInbox();
    CompletableFuture<Route> held = new CompletableFuture<>();
    page.route(
        "**/api/approvals?*",
        route -> {
          if (!held.complete(route)) {
            knowsOfNothing(route);
          }
        });
    inbox.choice("Outcome").selectOption("DENIED");
    page.waitForCondition(held::isDone);
    inbox.choice("Outcome").selectOption("REJECTED");
    assertThat(inbox.main()).containsText("Nothing matches.");
    held.join().abort();
    page.evaluate("fetch('/api/session').then(() => null)"); // by then the page knows it
    assertThat(inbox.ended().innerText()).contains("Nothing matches.");
  }

  private static void knowsOfNothing(Route route) {
    route.fulfill(
        new Route.FulfillOptions()
            .setContentType("application/json")
            .setBody("{\"calls\": [], \"cursor\": null}"));
  }

  private static boolean has(Api user, String list, String id) {
    return Api.elements(user.get("/api/approvals" + list).body().path("calls"))
        .anyMatch(call -> call.path("id").asText().equals(id));
  }

  /** Somebody signs in while a look is under way that was refused before. */
  @Test
  void goesOnWhenSignedInAgainInAnotherTab(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting("status of 401");
    Page page = agent.openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    agent.forgetCookie("COUNTERSIGN_SESSION");
    chat.say("Buy 2 rackets");
    assertThat(chat.notice()).containsText("session has ended");
    Held open = Held.next(page, "**/api/approvals/open", "GET");
    InboxPage inbox = chat.openInbox();
    open.await();
    Page other = agent.openTab();
    SignIn.at(other, product.base()).link().click(); // the tenant still knows who it is
    new ChatPage(other).shown();
    product.as("bob").buy(1, "zither");
    open.letGo();
    inbox.card("1 zither").awaiting("AWAITING_APPROVAL");
  }

  @Test
  void worksByKeysAlone(Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    chat.buy("Buy 2 spinets", "2 spinets");
    Keys keys = chat.keys();
    keys.tabTo(chat.inboxLink()).press("Enter");
    InboxPage inbox = new InboxPage(page).shown();
    keys.tabTo(inbox.card("2 spinets").cancel()).press("Enter");
    Locator row = inbox.endedRow("2 spinets").first();
    assertThat(row).hasAttribute("data-status", "CANCELLED");
    assertThat(
            inbox
                .main()
                .getByRole(
                    AriaRole.HEADING, new Locator.GetByRoleOptions().setName("Waiting for you")))
        .isFocused();
    keys.tabTo(row.locator("summary")).press("Enter");
    assertThat(row.locator("article.call")).isVisible();
  }

  @Test
  void goesOnWhenTheServerIsThereAgain(Browsers browsers, Product product) {
    UserAgent agent = browsers.open(360, 740, ColorScheme.DARK).expecting("ERR_INTERNET");
    Page page = agent.openTab();
    InboxPage inbox = SignIn.at(page, product.base()).as("bob").openInbox();
    product.as("bob").buy(2, "oboes");
    inbox.card("2 oboes").awaiting("AWAITING_APPROVAL");
    agent.setOffline(true);
    assertThat(inbox.main()).containsText("Connection lost, trying again…");
    assertThat(inbox.card("2 oboes").card()).isVisible();
    product.phoneOf("bob").deny("Do you want to buy 2 oboes");
    agent.setOffline(false);
    assertThat(inbox.endedRow("2 oboes").first()).hasAttribute("data-status", "DENIED");
    assertThat(page.getByText("Connection lost")).isHidden();
  }
}
