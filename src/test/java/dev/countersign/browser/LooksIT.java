package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.countersign.e2e.Api;
import dev.countersign.e2e.Product;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every view in both colour schemes: axe-core finds no barrier, and pictures of them are taken. */
@WithBrowser
class LooksIT {
  @SuppressWarnings("NullAway.Init")
  private static Product product;

  @BeforeAll
  static void start() {
    product =
        new Product()
            .startApplication(
                "countersign.message.code=true",
                "countersign.tools.shop_online.details=[{\"type\": \"purchase\","
                    + " \"product\": \"{product}\", \"qty\": \"{qty}\","
                    + " \"priceLimit\": \"{priceLimit}\", \"currency\": \"EUR\","
                    + " \"shop\": \"Demo shop\"}]");
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void hasNoBarriersOnADesk(Browsers browsers) {
    Looks looks = new Looks(browsers.openFine(1280, 800, ColorScheme.LIGHT).openTab());
    Page page = looks.page();
    SignIn visitor = SignIn.at(page, product.base());
    assertThat(visitor.link()).isVisible();
    looks.at("signed out");
    visitor.toTheTenant();
    looks.at("login at the tenant");
    visitor.loginAs("alice").click();
    ChatPage chat = new ChatPage(page).shown();
    assertThat(chat.examples()).isVisible();
    looks.at("new conversation");

    chat.say("What can you do?");
    chat.hears("offline model");
    CountDownLatch end = new CountDownLatch(1);
    product.holdWord("sentences:", end);
    chat.say("What else can you do?");
    assertThat(chat.draft()).containsText("understand only a few");
    looks.at("answer that is still coming");
    Screenshots.take(page, "chat-answering");
    end.countDown();
    assertThat(chat.assistantMessages()).hasCount(2);
    chat.conversations().startNew().click();
    String wish = "2 headphones for at most 300";
    PurchaseCard card = chat.buy("Buy " + wish, wish);
    chat.hears("Your approval is needed");
    looks.at("pending purchase");
    Screenshots.take(page, "chat-pending");

    Page handset = browsers.openFine(360, 820, ColorScheme.LIGHT).openTab();
    PhonePage phone = PhonePage.open(handset, product.tenant.issuer(), "alice");
    assertThat(phone.request("Do you want to buy " + wish)).isVisible();
    new Looks(handset).at("phone");
    Screenshots.take(handset, "phone");
    phone.approve("Do you want to buy " + wish);
    new Looks(handset).at("phone without a request");
    card.awaiting("DONE");
    chat.hears("Your order of 2 headphones is placed");
    looks.at("ordered purchase");
    Screenshots.take(page, "chat-ordered");
    chat.conversations().delete("Buy " + wish);
    assertThat(chat.conversations().dialog()).isVisible();
    looks.at("dialog");
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 1440})
  void hasNoBarriersInInboxAndList(int width, Browsers browsers) {
    Looks looks = new Looks(browsers.open(width, 800, ColorScheme.LIGHT).openTab());
    Page page = looks.page();
    StandIns.showDevelopmentServices(page, "model", "tenant", "shop", "temporal");
    SignIn visitor = SignIn.at(page, product.base());
    assertThat(visitor.link()).isVisible();
    looks.at("signed-out");
    ChatPage chat = visitor.as("bob");
    looks.at("new-conversation");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Hide this note")).click();
    cancelAll("bob");
    InboxPage inbox = chat.openInbox();
    assertThat(inbox.main()).containsText("Nothing waits for you");
    looks.at("inbox-empty");

    String lamps = "3 reading lamps, " + width;
    String bought = product.as("bob").buy(3, "reading lamps, " + width);
    chat.conversations(width).startNew().click();
    chat.buy("Buy 2 chairs for at most 150", "2 chairs for at most 150");
    chat.hears("Your approval is needed");
    looks.at("pending purchase");
    chat.openInbox();
    inbox.card("2 chairs for at most 150").awaiting("AWAITING_APPROVAL");
    inbox.card(lamps).awaiting("AWAITING_APPROVAL");
    looks.at("inbox");
    product
        .phoneOf("bob")
        .deny(product.as("bob").get("/api/approvals/" + bought).body().path("message").asText());
    Locator row = inbox.endedRow(lamps).first();
    assertThat(row).hasAttribute("data-status", "DENIED");
    row.locator("summary").click();
    row.scrollIntoViewIfNeeded();
    looks.at("inbox-ended");
    chat.user().click();
    assertThat(chat.menu()).isVisible();
    looks.at("user-menu");
    page.keyboard().press("Escape");

    StandIns.showOldConversations(page);
    page.reload();
    ConversationList list = chat.conversations(width);
    assertThat(list.periods().last()).isVisible();
    looks.at("conversations");
    list.search().fill("garden");
    assertThat(list.links().locator("mark").first()).isVisible();
    looks.at("search");
    list.search().fill("");
    list.options("A present for Ada").click();
    looks.at("options");
    list.menuItem("Rename").click();
    assertThat(list.dialog()).isVisible();
    looks.at("rename");
  }

  private static void cancelAll(String user) {
    Api api = product.as(user);
    Api.elements(api.get("/api/approvals/open").body().path("calls"))
        .forEach(call -> api.post("/api/approvals/" + call.path("id").asText() + "/cancel", ""));
  }

  @Test
  void phoneAndApiShowTheSameCode() {
    String purchase = product.as("bob").buy(3, "garden gnomes");
    String message =
        Product.awaitStatus(product.as("bob"), purchase, "AWAITING_APPROVAL")
            .path("bindingMessage")
            .asText();
    assertThat(message).matches("Do you want to buy 3 garden gnomes #[A-Z0-9]{4}");
    product.phoneOf("bob").deny(message);
  }

  @Test
  void listsThePendingApprovalsInTemporalsWebUi(Browsers browsers) {
    String pending = product.as("bob").buy(2, "garden chairs");
    Product.awaitStatus(product.as("bob"), pending, "AWAITING_APPROVAL");
    Page page =
        browsers
            .openFine(1840, 560, ColorScheme.LIGHT)
            .expecting("newsfeed.temporal.io") // which the Web UI asks for news, in vain here
            .openTab();
    String query =
        URLEncoder.encode("ApprovalStatus=\"AWAITING_APPROVAL\"", StandardCharsets.UTF_8);
    page.navigate(
        product.temporal.uiUrl().orElseThrow() + "/namespaces/default/workflows?query=" + query);
    Locator row =
        page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(pending));
    assertThat(row).isVisible();
    configureColumns(page);
    assertThat(row).containsText("shop_online");
    assertThat(row).containsText(Pattern.compile("\\d{2}:\\d{2}|20\\d{2}"));
    Screenshots.take(page, "web-ui");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(pending)).first().click();
    assertThat(page.getByText("Do you want to buy 2 garden chairs").first()).isVisible();
    if (Screenshots.areAsked()) {
      Screenshots.take(page, "web-ui-call");
    }
  }

  /** As the documentation says: the Web UI takes no columns from an address. */
  private static void configureColumns(Page page) {
    button(page, "Configure Columns").click();
    for (String column : List.of("Tool", "ApprovalExpiresAt")) {
      button(page, "Add " + column + " column").click();
    }
    for (String column : List.of("Run ID", "Start", "End")) {
      button(page, "Remove " + column + " column").click();
    }
    page.reload(); // which closes the panel, and keeps the columns
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
