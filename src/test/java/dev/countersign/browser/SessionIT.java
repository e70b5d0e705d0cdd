package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.countersign.e2e.Product;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Signing in and out, and what a session keeps apart. */
@WithBrowser
class SessionIT {
  private static final String UNAUTHORIZED = "status of 401";
  private static final String NOT_FOUND = "status of 404";
  private static final String LOGOUT = "**/logout";

  @Test
  void showsWhoIsSignedInAfterOneClick(Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    SignIn visitor = SignIn.at(page, product.base());
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText("Countersign");
    visitor.as("alice");
    assertThat(page.getByRole(AriaRole.BANNER)).containsText("Alice");
    assertThat(page).hasURL(product.base() + "/");
  }

  @Test
  void endsTheSessionHereAndAtTheProviderWhenSignedOut(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting(UNAUTHORIZED, "net::ERR_FAILED");
    Page page = agent.openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("alice");
    assertThat(statusOf(page, "/api/chat")).isEqualTo(200);
    CompletableFuture<Route> held = new CompletableFuture<>();
    Sends.of(page).meddleNext(held::complete);
    page.route("**/oidc/logout**", route -> failThenGoOn(held.join(), route));
    chat.say("Between alice and the shop");
    assertThat(chat.thinking()).isVisible();
    page.waitForCondition(held::isDone);
    chat.signOut();
    SignIn visitor = new SignIn(page);
    assertThat(visitor.link()).isVisible();
    assertThat(page).hasURL(product.base() + "/");
    assertThat(statusOf(page, "/api/chat")).isEqualTo(401);
    visitor.toTheTenant(); // which asks who it is, instead of signing in at once
    visitor.loginAs("bob").click();
    assertThat(chat.shown().examples()).isVisible();
    assertThat(chat.userMessages()).hasCount(0);
  }

  /** The session has ended, and the page doesn't know yet where the provider ends its own. */
  @Test
  void goesOnToTheProviderWhateverThePageHearsMeanwhile(Browsers browsers, Product product) {
    Page page = browsers.open().expecting(UNAUTHORIZED).openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("alice");
    Held answer = Held.next(page, LOGOUT, "POST");
    chat.signOut();
    answer.await();
    page.locator("#sign-out").dispatchEvent("click"); // once more, as nothing happens
    UserAgent.putInFront(page);
    assertThat(chat.user()).isHidden();
    answer.letGo();
    SignIn visitor = new SignIn(page);
    assertThat(visitor.link()).isVisible();
    visitor.toTheTenant(); // which asks who it is, instead of signing in at once
  }

  @Test
  void noticesTheEndOfTheSessionAfterASignOutThatFailed(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting(UNAUTHORIZED, "status of 503");
    Page left = agent.openTab();
    SignIn.at(left, product.base()).as("alice");
    Page next = agent.openTab();
    next.navigate(product.base());
    next.route(LOGOUT, route -> Sends.answer(route, 503, "Not now."));
    ChatPage chat = new ChatPage(next).shown();
    chat.signOut();
    assertThat(chat.notice()).containsText("Not now.");
    agent.forgetCookie("COUNTERSIGN_SESSION");
    for (Page page : List.of(left, next)) {
      UserAgent.putInFront(page);
      assertThat(page.getByText("You were signed out.")).isVisible();
    }
  }

  @Test
  void showsNothingMoreWhenTheAnswerToASignOutIsLost(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting(UNAUTHORIZED, "net::ERR_FAILED");
    Page page = agent.openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("alice");
    CompletableFuture<Route> held = new CompletableFuture<>();
    page.route(LOGOUT, held::complete);
    chat.signOut();
    page.waitForCondition(held::isDone);
    agent.forgetCookie("COUNTERSIGN_SESSION");
    UserAgent.putInFront(page);
    assertThat(chat.user()).isHidden();
    held.join().abort();
    assertThat(page.getByText("You were signed out.")).isVisible();
  }

  @Test
  void isSignedInAtOnceInTheNextTab(Browsers browsers, Product product) {
    UserAgent agent = browsers.open();
    SignIn.at(agent.openTab(), product.base()).as("alice");
    Page next = agent.openTab();
    next.navigate(product.base());
    new ChatPage(next).shown();
  }

  @Test
  void showsNobodysChatOnceAnotherUserSignedInInTheNextTab(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting(UNAUTHORIZED, NOT_FOUND);
    Page left = agent.openTab();
    ChatPage alice = SignIn.at(left, product.base()).as("alice");
    alice.say("Hello from alice");
    alice.hears("offline model");
    UserAgent.putBehind(left);
    Page next = agent.openTab();
    next.navigate(product.base());
    new ChatPage(next).signOut();
    new SignIn(next).as("bob"); // and the tab that nobody looks at goes along
    assertThat(left.getByRole(AriaRole.BANNER)).containsText("Bob");
    assertThat(left.getByText("Hello from alice")).hasCount(0);
    assertThat(left).hasURL(product.base() + "/");

    agent.forgetCookie("COUNTERSIGN_SESSION"); // Bob's ends, and he isn't who signs in again
    agent.forgetCookie("TENANT_SESSION");
    new ChatPage(next).say("Hello from bob");
    new SignIn(next).as("alice");
    assertThat(left.getByRole(AriaRole.BANNER)).containsText("Alice");
    assertThat(new ChatPage(next).userMessages()).hasCount(0);
  }

  @Test
  void showsNothingInAnyTabOnceTheUserHasSignedOutInOne(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting(UNAUTHORIZED, NOT_FOUND);
    Page left = agent.openTab();
    ChatPage alice = SignIn.at(left, product.base()).as("alice");
    alice.buy("Buy 14 secrets", "14 secrets");
    Page inbox = agent.openTab();
    inbox.navigate(product.base() + "/#inbox");
    new InboxPage(inbox).card("14 secrets").awaiting("AWAITING_APPROVAL");
    Page next = agent.openTab();
    next.navigate(product.base());
    new ChatPage(next).shown().signOut();
    for (Page page : List.of(left, inbox)) {
      assertThat(new SignIn(page).link()).isVisible();
      assertThat(page.getByText("You have signed out in another tab.")).isVisible();
      assertThat(page.getByText("secrets")).hasCount(0);
      assertThat(page.getByText("Alice")).hasCount(0);
      assertThat(page).hasTitle("Countersign");
      assertThat(page).hasURL(product.base() + "/");
    }
    new SignIn(next).as("bob");
    assertThat(left.getByRole(AriaRole.BANNER)).containsText("Bob");
  }

  /** The server turns other tabs away before the one in which the user signs out has its answer. */
  @Test
  void tellsWhereTheUserSignsOutThoughTheServerIsFaster(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting(UNAUTHORIZED);
    Page quick = agent.openTab();
    SignIn.at(quick, product.base()).as("alice");
    Page slow = agent.openTab();
    slow.navigate(product.base());
    new ChatPage(slow).shown();
    Page next = agent.openTab();
    next.navigate(product.base());
    ChatPage chat = new ChatPage(next).shown();
    Held answer = Held.next(next, LOGOUT, "POST");
    chat.signOut();
    answer.await();
    UserAgent.putInFront(quick);
    assertThat(quick.getByText("You have signed out in another tab.")).isVisible();

    Held reload = Held.next(slow, product.base() + "/", "GET");
    UserAgent.putInFront(slow);
    reload.await();
    answer.letGo();
    assertThat(new SignIn(next).link()).isVisible();
    reload.letGo();
    assertThat(slow.getByText("You have signed out in another tab.")).isVisible();
  }

  /** A question that was asked before tells nothing of what is refused since. */
  @Test
  void noticesASignOutWhileItIsStillToldOtherwise(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting(UNAUTHORIZED);
    Page page = agent.openTab();
    SignIn.at(page, product.base()).as("alice");
    Held session = Held.next(page, "**/api/session", "GET");
    UserAgent.putInFront(page);
    session.await();
    agent.forgetCookie("COUNTERSIGN_SESSION");
    page.waitForResponse(answer -> answer.status() == 401, () -> UserAgent.putInFront(page));
    session.letGo();
    assertThat(new SignIn(page).link()).isVisible();
  }

  @Test
  void noticesASignOutThatNoTabHasToldOf(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting(UNAUTHORIZED);
    Page page = agent.openTab();
    ChatPage alice = SignIn.at(page, product.base()).as("alice");
    alice.say("Hello from alice");
    alice.hears("offline model");
    UserAgent.putBehind(page);
    agent.forgetCookie("COUNTERSIGN_SESSION");
    UserAgent.putInFront(page);
    assertThat(new SignIn(page).link()).isVisible();
    assertThat(page.getByText("Hello from alice")).hasCount(0);
  }

  /** Whatever else was refused waits for the one request that says who is signed in. */
  @Test
  void noticesASignOutThoughThoseWhoKnowAreBusy(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting(UNAUTHORIZED, "503");
    Page page = agent.openTab();
    SignIn.at(page, product.base()).as("alice");
    page.route(
        "**/api/session",
        route -> route.fulfill(new Route.FulfillOptions().setStatus(503)),
        new Page.RouteOptions().setTimes(2));
    agent.forgetCookie("COUNTERSIGN_SESSION");
    UserAgent.putInFront(page);
    assertThat(new SignIn(page).link()).isVisible();
  }

  @Test
  void tellsAtOnceThatTheNetworkIsAwayAndThatItIsBack(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting("ERR_INTERNET_DISCONNECTED");
    Page page = agent.openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    chat.say("Stay on the line");
    chat.hears("offline model");
    agent.setOffline(true);
    assertThat(page.locator("#connection")).hasText("Connection lost, trying again…");
    agent.setOffline(false);
    assertThat(page.locator("#connection")).isEmpty();
  }

  /** None of the page's scripts runs without all of its modules. */
  @Test
  void saysSoWhenAPartOfThePageIsMissing(Browsers browsers, Product product) {
    Page page = browsers.open().expecting("ERR_FAILED").openTab();
    page.route("**/clock.js", Route::abort);
    page.navigate(product.base());
    Locator missing = page.getByText("Not all of this page has come.");
    assertThat(missing).isHidden();
    page.evaluate("document.getAnimations().forEach(wait => wait.finish())");
    assertThat(missing).isVisible();
    page.unroute("**/clock.js");
    page.reload();
    assertThat(new SignIn(page).link()).isVisible();
    assertThat(missing).hasCount(0);
  }

  @Test
  void showsNobodyTheConversationOfAnother(Browsers browsers, Product product) {
    ChatPage alice = SignIn.at(browsers.open().openTab(), product.base()).as("alice");
    alice.say("Hello from alice");
    alice.hears("offline model");
    Page page = browsers.open().expecting(NOT_FOUND).openTab();
    ChatPage bob = SignIn.at(page, product.base()).as("bob");
    assertThat(page.getByText("Hello from alice")).hasCount(0);
    page.navigate(alice.address());
    page.reload();
    bob.shown();
    assertThat(bob.beginFromNotice()).isVisible();
    assertThat(page.getByText("Hello from alice")).hasCount(0);
    assertThat(bob.userMessages()).hasCount(0);
  }

  @Test
  void keepsWhatWasWrittenWhenTheSessionEndedAndTheUserSignsInAgain(
      Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting(UNAUTHORIZED);
    Page page = agent.openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("alice");
    chat.say("Hello again");
    chat.hears("offline model");
    String conversation = chat.address();
    agent.forgetCookie("COUNTERSIGN_SESSION");
    chat.say("Buy 9 curtains");
    assertThat(chat.notice()).containsText("session has ended");
    chat.composer().fill("Thank you");
    new SignIn(page).link().click(); // the tenant still knows who it is
    chat.shown();
    assertThat(page).hasURL(conversation);
    assertThat(chat.composer()).hasValue("Thank you");
    assertThat(chat.failures()).containsText("signed out before an answer came");
    chat.tryAgain().click();
    PurchaseCard card = chat.card("9 curtains").awaiting("AWAITING_APPROVAL");
    assertThat(chat.userMessages()).hasCount(2);
    card.cancel().click();
    card.awaiting("CANCELLED");
  }

  @Test
  void namesWhatIsEmbeddedUntilThatIsPutAway(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting(UNAUTHORIZED);
    Page page = agent.openTab();
    StandIns.showDevelopmentServices(page, "model", "tenant");
    ChatPage chat = SignIn.at(page, product.base()).as("alice");
    Locator note = chat.developmentNote();
    assertThat(note)
        .hasText(
            "For development with an embedded identity tenant (phone) and an offline model."
                + " Approvals aren’t real; what is approved is done.");
    note.getByRole(AriaRole.BUTTON).click();
    assertThat(note).hasCount(0);
    assertThat(chat.user()).isFocused();
    page.reload();
    chat.shown().user().click();
    assertThat(note).hasCount(0);
    assertThat(
            chat.menu().getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Phone")))
        .hasAttribute("href", "http://localhost:9000/phone");

    Page next = agent.openTab(); // what else is embedded, nobody has been told
    StandIns.showDevelopmentServices(next, "model", "tenant", "shop", "temporal");
    next.navigate(product.base());
    assertThat(new ChatPage(next).developmentNote())
        .containsText("a demo shop (orders) and a Temporal dev server (Web UI). Orders and");
    agent.forgetCookie("COUNTERSIGN_SESSION");
    next.reload();
    next.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Hide this note")).click();
    assertThat(new SignIn(next).link()).isFocused();
  }

  @Test
  void refusesAChangeWithoutItsToken(Browsers browsers, Product product) {
    Page page = browsers.open().expecting("status of 403").openTab();
    SignIn.at(page, product.base()).as("alice");
    Object status =
        page.evaluate(
            """
            async () => (await fetch('/api/chat', {
              method: 'POST',
              headers: {'Content-Type': 'application/json'},
              body: JSON.stringify({message: 'Buy 10 forged things'}),
            })).status
            """);
    assertThat(status).isEqualTo(403);
  }

  /** As browsers do that give up what is under way as soon as the page is to be left. */
  private static void failThenGoOn(Route underWay, Route next) {
    underWay.abort();
    next.fallback();
  }

  private static int statusOf(Page page, String path) {
    return (int) page.evaluate("async path => (await fetch(path)).status", path);
  }
}
