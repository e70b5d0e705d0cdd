package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.countersign.e2e.Product;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Talking, and the list of conversations. */
@WithBrowser
class ConversationsIT {
  @Test
  void showsTheMessageAtOnceAndThatTheModelThinks(Browsers browsers, Product product) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    product.scriptedAnswers.put("How are you?", answer::join);
    ChatPage chat = SignIn.at(browsers.open().openTab(), product.base()).as("bob");
    chat.say("How are you?");
    assertThat(chat.userMessages()).containsText("How are you?");
    assertThat(chat.thinking()).isVisible();
    assertThat(chat.assistantMessages()).hasCount(0);
    assertThat(chat.composer()).hasValue("");
    answer.complete("Very well, thank you.");
    chat.hears("Very well, thank you.");
    assertThat(chat.thinking()).isHidden();
  }

  @Test
  void showsWordsAsTheyComeAndStopsWhenTheUserWants(Browsers browsers, Product product) {
    ChatPage chat = SignIn.at(browsers.open().openTab(), product.base()).as("bob");
    converse(chat, "Good evening");
    product.scriptedAnswers.put(
        "Tell me a story", () -> "Once upon a time there was a lighthouse.");
    CountDownLatch never = new CountDownLatch(1);
    product.holdWord("lighthouse.", never);

    chat.conversations().startNew().click();
    chat.say("Tell me a story");

    assertThat(chat.draft()).containsText("Once upon a time there was a");
    assertThat(chat.assistantMessages()).hasCount(0);
    chat.button("Stop").click();
    chat.hears("(You stopped this answer; nothing was started.)");
    assertThat(chat.assistantMessages()).containsText("Once upon a time there was a");
    assertThat(chat.draft()).isHidden();
    assertThat(chat.button("Stop")).isHidden();
    never.countDown();
  }

  @Test
  void sendsAnExampleWhenItIsChosen(Browsers browsers, Product product) {
    ChatPage chat = SignIn.at(browsers.open().openTab(), product.base()).as("bob");
    chat.examples().getByText("What is pending?").click();
    assertThat(chat.userMessages()).containsText("What is pending?");
    assertThat(chat.assistantMessages()).hasCount(1);
    assertThat(chat.examples()).isHidden();
  }

  @Test
  void listsTheNewestConversationFirst(Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    converse(chat, "First things first");
    converse(chat, "Second thoughts");
    ConversationList list = chat.conversations();
    assertThat(list.links().nth(0)).hasText("Second thoughts");
    assertThat(list.links().nth(1)).hasText("First things first");
    page.reload();
    assertThat(list.links().nth(0)).hasText("Second thoughts");
    assertThat(list.links().nth(1)).hasText("First things first");
    assertThat(list.current()).hasText("Second thoughts");
    list.links().nth(1).click();
    assertThat(list.current()).hasText("First things first");
    assertThat(chat.userMessages()).containsText("First things first");
  }

  @Test
  void listsThemByItselfOnceTheServerCan(Browsers browsers, Product product) {
    Page page = browsers.open().expecting("503").openTab();
    page.route(
        product.base() + "/api/chat",
        route -> route.fulfill(new Route.FulfillOptions().setStatus(503)),
        new Page.RouteOptions().setTimes(1));
    Held open = Held.next(page, "**/api/approvals/open", "GET");
    SignIn.at(page, product.base()).as("bob");
    Locator words = page.getByText("Your conversations can’t be listed at the moment.");
    assertThat(words).isVisible();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Inbox")).click();
    assertThat(words).isVisible();
    page.waitForResponse(answer -> answer.url().endsWith("/api/chat") && answer.ok(), open::letGo);
    assertThat(words).isHidden();
  }

  @Test
  void deletesAConversationAndLeavesItsPurchaseAlone(Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    chat.buy("Buy 11 hammocks", "11 hammocks");
    ConversationList list = chat.conversations();
    list.delete("Buy 11 hammocks");
    list.dialogButton("Keep").click();
    assertThat(list.dialog()).isHidden();
    assertThat(list.link("Buy 11 hammocks")).isVisible();
    list.delete("Buy 11 hammocks");
    list.dialogButton("Delete").click();
    assertThat(list.dialog()).isHidden();
    assertThat(list.link("Buy 11 hammocks")).hasCount(0);
    assertThat(chat.cards()).hasCount(0);
    page.reload();
    chat.shown();
    assertThat(list.link("Buy 11 hammocks")).hasCount(0);
    product.phoneOf("bob").approve("Do you want to buy 11 hammocks");
    await().atMost(Product.PATIENCE).until(() -> product.orders("hammocks").size() == 1);
  }

  @Test
  void saysSoWhenTheOpenConversationIsDeletedInAnotherTab(Browsers browsers, Product product) {
    UserAgent agent = browsers.open();
    Page page = agent.openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    converse(chat, "Short lived");
    Page other = agent.openTab();
    other.navigate(product.base());
    ConversationList list = new ChatPage(other).shown().conversations();
    list.delete("Short lived");
    list.dialogButton("Delete").click();
    assertThat(page.getByText("This conversation was deleted.")).isVisible();
    assertThat(chat.conversations().link("Short lived")).hasCount(0);
  }

  @Test
  void callsAConversationAsItsUserWantsInAllTabs(Browsers browsers, Product product) {
    UserAgent agent = browsers.open();
    Page page = agent.openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    converse(chat, "Nothing yet");
    Page other = agent.openTab();
    other.navigate(product.base());
    ConversationList list = new ChatPage(other).shown().conversations();
    list.rename("Nothing yet");
    list.dialogField().fill("   ");
    list.dialogButton("Save").click();
    assertThat(list.dialog()).containsText("Please write a title.");
    list.dialogField().fill("بازی & <b>Spiel</b>");
    list.dialogField().press("Enter");
    assertThat(list.dialog()).isHidden();
    assertThat(list.options("بازی & <b>Spiel</b>")).isFocused();
    assertThat(list.link("بازی & <b>Spiel</b>")).isVisible();
    assertThat(chat.conversations().current()).hasText("بازی & <b>Spiel</b>");
    assertThat(page)
        .hasTitle( // whatever else waits for the same user
            Pattern.compile("(\\(\\d+\\) )?بازی & <b>Spiel</b> – Countersign"));
    page.reload();
    assertThat(chat.conversations().current()).hasText("بازی & <b>Spiel</b>");
  }

  @Test
  void findsConversationsByWhatWasSaid(Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    converse(chat, "Where is the Café of the walrus?");
    converse(chat, "And where is the carpenter?");
    ConversationList list = chat.conversations();
    assertThat(list.periods().first()).hasText("Today");
    list.search().fill("walrus CAFE");
    assertThat(list.links()).hasText(new String[] {"Where is the Café of the walrus?"});
    assertThat(list.links().locator("mark")).hasText(new String[] {"Café", "walrus"});
    list.search().fill("walrus carpenter");
    assertThat(list.note()).hasText("No conversation has these words.");
    list.search().fill("carpenter");
    list.link("And where is the carpenter?").click();
    assertThat(chat.userMessages()).containsText("carpenter");
    list.search().press("Escape");
    assertThat(list.search()).hasValue("");
    assertThat(list.link("Where is the Café of the walrus?")).isVisible();

    AtomicInteger requests = new AtomicInteger();
    page.route(
        url -> url.contains("search=x"),
        route -> {
          requests.incrementAndGet();
          route.fulfill(
              new Route.FulfillOptions()
                  .setContentType("application/json")
                  .setBody("{\"conversations\":[],\"cursor\":\"" + requests + "\"}"));
        });
    list.search().fill("x");
    assertThat(list.note()).hasText("None of the newest conversations has these words.");
    assertThat(requests).hasValue(3);
    chat.button("Show more").click();
    page.waitForCondition(() -> requests.get() == 6);
    assertThat(chat.button("Show more")).isFocused();
  }

  /** An answer that comes late is that of the conversation for which something was wanted. */
  @Test
  void changesTheConversationForWhichItWasWanted(Browsers browsers, Product product) {
    UserAgent agent = browsers.open();
    Page page = agent.openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    converse(chat, "One of two");
    converse(chat, "Two of two");
    ConversationList list = chat.conversations();
    list.options("One of two").click();
    list.options("Two of two").click();
    assertThat(list.options("One of two")).hasAttribute("aria-expanded", "false");
    page.keyboard().press("Escape");
    list.options("One of two").click();
    assertThat(list.menuItem("Rename")).isVisible();
    page.keyboard().press("Escape");

    Held rename = Held.next(page, "**/api/chat/*", "PATCH");
    list.rename("One of two");
    list.dialogField().fill("One");
    list.dialogField().press("Enter");
    rename.await();
    page.keyboard().press("Escape");
    list.rename("Two of two");
    rename.letGo();
    assertThat(list.link("One")).isVisible();
    assertThat(list.dialogField()).hasValue("Two of two");
    list.dialogField().fill("Two");
    list.dialogField().press("Enter");
    assertThat(list.dialog()).isHidden();
    assertThat(list.link("Two")).isVisible();

    page.route("**/api/chat", ConversationsIT::listWithoutTitles);
    page.evaluate("dispatchEvent(new Event('online'))");
    assertThat(list.navigation()).containsText("unheard-of model");
    assertThat(list.link("One")).isVisible();
    assertThat(list.link("Two")).isVisible();

    Held delete = Held.next(page, "**/api/chat/*", "DELETE");
    list.delete("One");
    list.dialogButton("Delete").click();
    delete.await();
    page.keyboard().press("Escape");
    list.delete("Two");
    delete.letGo();
    assertThat(list.link("One")).hasCount(0);
    assertThat(list.dialog()).containsText("Two");
    list.dialogButton("Keep").click();
    assertThat(list.link("Two")).isVisible();
  }

  @Test
  void keepsANewTitleWhenAListComesThatWasAskedForBefore(Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    converse(chat, "Before and after");
    page.reload(); // after which nothing looks at the list by itself
    ConversationList list = chat.shown().conversations();
    assertThat(list.link("Before and after")).isVisible();
    Held before = Held.next(page, "**/api/chat", "GET");
    page.evaluate("dispatchEvent(new Event('online'))");
    before.await();
    list.rename("Before and after");
    list.dialogField().fill("After");
    list.dialogField().press("Enter");
    assertThat(list.link("After")).isVisible();
    page.waitForRequest("**/api/chat", before::letGo); // it is asked for anew
    assertThat(list.link("Before and after")).hasCount(0);
    assertThat(list.link("After")).isVisible();
  }

  @Test
  void showsInOneTabWhatIsSaidAndAskedInAnother(Browsers browsers, Product product) {
    UserAgent agent = browsers.open();
    Page left = agent.openTab();
    ChatPage first = SignIn.at(left, product.base()).as("bob");
    converse(first, "Two of us");
    Page right = agent.openTab();
    right.navigate(first.address());
    ChatPage second = new ChatPage(right).shown();
    second.buy("Buy 13 mirrors", "13 mirrors");
    first.card("13 mirrors").awaiting("AWAITING_APPROVAL");
    assertThat(first.userMessages()).hasCount(2);
    second.conversations().startNew().click();
    second.say("Only on the right");
    assertThat(first.conversations().link("Only on the right")).isVisible();
    first.card("13 mirrors").cancel().click();
    assertThat(second.openInbox().endedRow("13 mirrors")).isVisible();
    await() // Temporal's list comes a moment later
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> product.as("bob").get("/api/approvals?status=CANCELLED").body().toString(),
            listed -> listed.contains("13 mirrors"));
    right.reload(); // and now it knows of no call that went on
    assertThat(new InboxPage(right).endedRow("13 mirrors")).isVisible();
    new InboxPage(right).record();
    left.reload();
    first.shown().buy("Buy 14 frames", "14 frames").cancel().click();
    assertThat(right.locator("#announcer"))
        .containsText("New in your inbox: Do you want to buy 14");
    assertThat(new InboxPage(right).told()).doesNotContain("mirrors");
  }

  /**
   * A browser opens six connections to one server over HTTP/1.1, and each tab that is watched holds
   * one: those in the background must give theirs up.
   */
  @Test
  void worksInSevenTabsAtOnce(Browsers browsers, Product product) {
    UserAgent agent = browsers.open();
    ChatPage first = SignIn.at(agent.openTab(), product.base()).as("bob");
    first.buy("Buy 12 pillows", "12 pillows");
    ChatPage latest = first;
    for (int i = 0; i < 6; i++) {
      UserAgent.putBehind(latest.page());
      Page tab = agent.openTab();
      tab.navigate(first.address());
      latest = new ChatPage(tab).shown();
      latest.card("12 pillows").awaiting("AWAITING_APPROVAL");
    }
    latest.card("12 pillows").cancel().click();
    latest.card("12 pillows").awaiting("CANCELLED");
    UserAgent.putInFront(first.page());
    first.card("12 pillows").awaiting("CANCELLED");
  }

  /** As while no worker answers. */
  private static void listWithoutTitles(Route route) {
    APIResponse answer = route.fetch();
    route.fulfill(
        new Route.FulfillOptions()
            .setResponse(answer)
            .setBody(
                answer
                    .text()
                    .replaceAll("\"title\":\"[^\"]*\"", "\"title\":null")
                    .replace("offline model", "unheard-of model")));
  }

  private static void converse(ChatPage chat, String message) {
    chat.conversations().startNew().click();
    chat.say(message);
    chat.hears("offline model");
  }
}
