package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.countersign.e2e.Api;
import dev.countersign.e2e.Product;
import dev.countersign.e2e.VagueTool;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators may see and do at their page. In the tenant olivia is one, and nobody else. */
@WithBrowser
class OperatorsIT {
  private static final String CALLS = "/api/operator/calls";
  private static final Pattern APPROVES = Pattern.compile("approve", Pattern.CASE_INSENSITIVE);

  private static String userOf(Product product, String id) {
    return product.as("olivia").get(CALLS + "/" + id).body().path("user").asText();
  }

  private static String asked(Product product, String user, String what) {
    String id = product.as(user).buy(1, what);
    Product.awaitStatus(product.as(user), id, "AWAITING_APPROVAL");
    return id;
  }

  /** The list is Temporal's, which comes a moment after the call. */
  private static void awaitListed(Product product, String id) {
    await()
        .atMost(Product.PATIENCE)
        .until(() ->
            Api.elements(
                    product
                        .as("olivia")
                        .get(CALLS + "?user=" + userOf(product, id))
                        .body()
                        .path("calls"))
                .anyMatch(each -> each.path("call").path("id").asText().equals(id)));
  }

  @Test
  void listsTheCallsOfAllUsersAndFindsThoseOfOne(Browsers browsers, Product product) {
    String bobs = asked(product, "bob", "sackbut");
    String alices = asked(product, "alice", "racket");
    awaitListed(product, alices);
    awaitListed(product, bobs);
    Page page = browsers.open().openTab();
    OperatorPage operators = OperatorPage.open(page, product.base(), "", "olivia").shown();
    assertThat(page).hasTitle("Operators – Countersign");
    assertThat(operators.row("1 racket")).containsText("Waiting for the user");
    assertThat(operators.row("1 sackbut")).containsText("Shop online");

    OperatorPage.userOf(operators.row("1 sackbut")).click();
    String bob = userOf(product, bobs);
    assertThat(page).hasURL(product.base() + "/operator?user=" + bob);
    assertThat(operators.user()).hasValue(bob);
    assertThat(operators.row("1 racket")).hasCount(0);
    assertThat(operators.row("1 sackbut")).isVisible();
    operators.user().fill("  " + userOf(product, alices).toUpperCase(Locale.ROOT) + "\t");
    operators.user().press("Enter");
    assertThat(operators.row("1 racket")).isVisible();
    assertThat(operators.row("1 sackbut")).hasCount(0);
    operators.status().selectOption("Taken back");
    assertThat(operators.row("1 racket")).hasCount(0);
    operators.status().selectOption("All that goes on");
    assertThat(operators.row("1 racket")).isVisible();
    operators.tool().fill("no such tool");
    operators.tool().press("Enter");
    assertThat(page.getByText("has only letters, digits and _")).isVisible();
    assertThat(operators.row("1 racket")).isVisible();
    operators.tool().fill("be_vague");
    operators.tool().press("Enter");
    assertThat(operators.listNote()).hasText("No call matches.");
    page.goBack();
    assertThat(operators.tool()).hasValue("");
    assertThat(operators.row("1 racket")).isVisible();
    operators.button("Show all").click();
    assertThat(page).hasURL(product.base() + "/operator");
    assertThat(operators.row("1 sackbut")).isVisible();

    operators.user().fill(bobs);
    operators.user().press("Enter");
    assertThat(operators.call()).containsText("Do you want to buy 1 sackbut");
    assertThat(operators.call()).containsText(bob);
    assertThat(page).hasURL(product.base() + "/operator#" + bobs);
    product.as("bob").post("/api/approvals/" + bobs + "/cancel", "");
    product.as("alice").post("/api/approvals/" + alices + "/cancel", "");
  }

  @Test
  void comesBackFromTheLoginAndTakesBackWhatItNames(Browsers browsers, Product product) {
    String shawm = asked(product, "bob", "shawm");
    String crumhorn = asked(product, "bob", "crumhorn");
    String bob = userOf(product, shawm);
    awaitListed(product, shawm);
    awaitListed(product, crumhorn);
    Page page = browsers.open().openTab();
    String place = "?user=" + bob + "#" + shawm;
    OperatorPage operators = OperatorPage.open(page, product.base(), place, "olivia").shown();
    assertThat(page).hasURL(product.base() + "/operator" + place);
    assertThat(operators.call()).containsText("Waiting for the user");
    operators.button("Cancel this call…").click();
    assertThat(operators.dialog()).containsText("Do you want to buy 1 shawm");
    assertThat(operators.dialog()).containsText(bob);
    assertThat(operators.dialog()).containsText("as an operator, not as its user");
    assertThat(operators.confirm("Keep it")).isFocused();
    operators.confirm("Keep it").click();
    assertThat(operators.button("Cancel this call…")).isFocused();

    OperatorPage.link(operators.row("1 crumhorn")).click();
    assertThat(operators.callTitle()).isFocused();
    operators.button("Cancel this call…").click();
    assertThat(operators.dialog()).containsText("Do you want to buy 1 crumhorn");
    operators.confirm("Cancel the call").click();
    assertThat(operators.dialog()).isHidden();
    assertThat(operators.call()).hasAttribute("data-status", "CANCELLED");
    assertThat(operators.row("1 crumhorn")).hasAttribute("data-status", "CANCELLED");
    assertThat(operators.button("Cancel this call…")).isHidden();
    assertThat(operators.callTitle()).isFocused();
    assertThat(product.as("bob").purchase(crumhorn).path("status").asText()).isEqualTo("CANCELLED");
    assertThat(product.as("bob").purchase(shawm).path("status").asText())
        .isEqualTo("AWAITING_APPROVAL");
    for (AriaRole role : new AriaRole[] {AriaRole.BUTTON, AriaRole.LINK, AriaRole.RADIO}) {
      assertThat(page.getByRole(role, new Page.GetByRoleOptions().setName(APPROVES))).hasCount(0);
    }
    product.as("bob").post("/api/approvals/" + shawm + "/cancel", "");
  }

  @Test
  void saysThatItIsTooLateAndWhatHasBecomeOfIt(Browsers browsers, Product product) {
    String id = asked(product, "bob", "rebec");
    Page page = browsers.open().expecting("status of 409").openTab();
    OperatorPage operators = OperatorPage.open(page, product.base(), "#" + id, "olivia");
    operators.button("Cancel this call…").click();
    product.phoneOf("bob").approve("Do you want to buy 1 rebec");
    Product.awaitStatus(product.as("bob"), id, "ORDERED");
    operators.confirm("Cancel the call").click();
    assertThat(operators.dialog().getByRole(AriaRole.ALERT)).containsText("too late to cancel");
    assertThat(operators.call()).hasAttribute("data-status", "DONE");
    operators.confirm("Keep it").click();
    assertThat(operators.call()).containsText("Result");
    assertThat(operators.callTitle()).isFocused();
  }

  @Test
  void settlesWhatNobodyKnowsAndShowsTheReceipt(Browsers browsers, Product product)
      throws IOException {
    String id = VagueTool.unknown(product, "Friday, of which nobody knows anything");
    awaitListed(product, id);
    Page page = browsers.open(1440, 1200, ColorScheme.LIGHT).openTab();
    Looks looks = new Looks(page);
    OperatorPage operators = OperatorPage.open(page, product.base(), "#" + id, "olivia").shown();
    assertThat(operators.call()).containsText("Outcome unknown");
    assertThat(operators.button("Cancel this call…")).isHidden();
    operators.button("Settle…").click();
    assertThat(operators.dialog()).containsText("Be vague about Friday");
    operators.confirm("Settle").click();
    assertThat(operators.dialog().getByRole(AriaRole.ALERT))
        .hasText("Please say whether it was done.");
    page.getByLabel("Yes, it was done").check();
    assertThat(operators.dialog().getByRole(AriaRole.ALERT)).isHidden();
    page.getByLabel("How is that known?").fill("Seen in the books");
    looks.at("operators-settle");
    operators.confirm("Settle as done").click();
    assertThat(operators.call()).hasAttribute("data-status", "DONE");
    assertThat(operators.call()).containsText("Seen in the books");
    assertThat(operators.button("Settle…")).isHidden();
    VagueTool.awaitStatus(product, id, "DONE");

    operators.button("Show receipt").click();
    assertThat(operators.call()).containsText("auth0|alice");
    assertThat(operators.call()).containsText("Decoded here, not verified");
    looks.at("operators-call");
    Download download = page.waitForDownload(() -> operators.button("Download").click());
    assertThat(download.suggestedFilename()).isEqualTo("receipt-" + id + ".jwt");
    assertThat(Files.readString(download.path())).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
  }

  /** The looks that follow at once have all come too early. */
  @Test
  void goesOnLookingUntilWhatWasSettledCounts(Browsers browsers, Product product) {
    String id = VagueTool.unknown(product, "Saturday, of which nobody knows anything");
    String before = product.as("olivia").get(CALLS + "/" + id).text();
    Page page = browsers.open().openTab();
    OperatorPage operators = OperatorPage.open(page, product.base(), "#" + id, "olivia").shown();
    AtomicInteger looks = new AtomicInteger();
    page.route(
        "**" + CALLS + "/" + id,
        route -> {
          if (looks.incrementAndGet() <= 4) {
            route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(before));
          } else {
            route.fallback();
          }
        });
    operators.button("Settle…").click();
    page.getByLabel("Yes, it was done").check();
    page.getByLabel("How is that known?").fill("Seen in the books");
    operators.confirm("Settle as done").click();
    assertThat(operators.call()).hasAttribute("data-status", "DONE");
    assertThat(looks).hasValueGreaterThan(4);
  }

  /** What the user's agent and the tool have written. */
  @Test
  void showsForeignTextAsText(Browsers browsers, Product product) {
    String id = asked(product, "bob", "tromba");
    product.as("bob").post("/api/approvals/" + id + "/cancel", "");
    Page page = browsers.open().expecting("status of 404").openTab();
    String foreign = "<img src=x onerror=alert(1)> javascript:alert(2) https://evil.example/";
    page.route(
        "**" + CALLS + "**",
        route -> {
          APIResponse answer = route.fetch();
          route.fulfill(
              new Route.FulfillOptions()
                  .setResponse(answer)
                  .setBody(
                      answer
                          .text()
                          .replace("tromba", foreign)
                          .replace("\"result\":null", "\"result\":\"" + foreign + "\"")
                          .replace("\"It was cancelled;", "\"" + foreign)));
        });
    OperatorPage operators = OperatorPage.open(page, product.base(), "#" + id, "olivia").shown();
    assertThat(operators.call()).containsText("Do you want to buy 1 " + foreign);
    assertThat(operators.call().getByText(foreign, new Locator.GetByTextOptions().setExact(true)))
        .hasCount(2); // argument and result
    assertThat(operators.call()).containsText(foreign + " nothing was done"); // as the user is told
    assertThat(operators.call().locator("img, a")).hasCount(0);
    assertThat(operators.row(foreign).locator("img")).hasCount(0);

    operators.button("Show receipt").click(); // there is none
    assertThat(operators.call().getByRole(AriaRole.ALERT)).containsText("There is no approval of");
    page.navigate(product.base() + "/operator#shop_online-" + "0".repeat(32) + "-0");
    assertThat(operators.call().getByRole(AriaRole.ALERT)).containsText("There is no such call");
  }

  @Test
  void showsNothingToWhoIsNoOperatorAndHidesTheWay(Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    OperatorPage.open(page, product.base(), "", "alice");
    assertThat(page.getByText("You are signed in as Alice, who is no operator here.")).isVisible();
    Accessibility.check(page, "no operator");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("To Countersign")).click();
    ChatPage chat = new ChatPage(page).shown();
    chat.user().click();
    assertThat(chat.menu()).isVisible();
    assertThat(way(chat)).isHidden();

    Page other = browsers.open().openTab();
    ChatPage olivia = SignIn.at(other, product.base()).as("olivia");
    olivia.user().click();
    way(olivia).click();
    new OperatorPage(other).shown();
  }

  private static Locator way(ChatPage chat) {
    return chat.menu()
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Operators"));
  }

  @ParameterizedTest
  @CsvSource({
    "503, 'Temporal, which keeps the calls, can’t be reached'",
    "429, 'Too many of this.'",
  })
  void keepsWhatIsShownAndSaysSo(int status, String words, Browsers browsers, Product product) {
    String id = asked(product, "bob", "cornett " + status);
    awaitListed(product, id);
    Page page = browsers.open().expecting("status of " + status).openTab();
    OperatorPage operators =
        OperatorPage.open(page, product.base(), "?status=AWAITING_APPROVAL", "olivia").shown();
    OperatorPage.link(operators.row("1 cornett " + status)).click();
    assertThat(operators.button("Cancel this call…")).isVisible();
    page.route(
        "**" + CALLS + "**",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(status)
                    .setContentType("application/problem+json")
                    .setBody("{\"detail\": \"Too many of this.\"}")));
    operators.refresh();
    Locator problem = page.locator("#calls-problem");
    assertThat(problem).containsText(words);
    assertThat(problem).containsText("What is listed is as of");
    assertThat(operators.row("1 cornett " + status)).isVisible();
    operators.call().getByText("Refresh").click();
    assertThat(page.locator("#call-problem")).containsText(words);
    assertThat(operators.call()).containsText("Do you want to buy 1 cornett " + status);
    operators.button("Cancel this call…").click();
    operators.confirm("Cancel the call").click();
    assertThat(operators.dialog().getByRole(AriaRole.ALERT)).containsText(words);
    page.unrouteAll();
    operators.confirm("Cancel the call").click();
    assertThat(operators.call()).hasAttribute("data-status", "CANCELLED");
    assertThat(page.locator("#call-problem")).isHidden();
    operators.button("Try again").click();
    assertThat(problem).isHidden();
  }

  @Test
  void signsInAgainAndGoesOnWhereItWas(Browsers browsers, Product product) {
    String id = asked(product, "bob", "serpent");
    UserAgent agent = browsers.open().expecting("status of 401");
    Page page = agent.openTab();
    OperatorPage operators = OperatorPage.open(page, product.base(), "#" + id, "olivia");
    operators.button("Cancel this call…").click();
    agent.forgetCookie("COUNTERSIGN_SESSION");
    operators.confirm("Cancel the call").click();
    assertThat(operators.dialog().getByRole(AriaRole.ALERT)).isVisible();
    operators.confirm("Keep it").click();
    assertThat(page.getByText("Your session has ended.")).isVisible();
    assertThat(operators.call()).containsText("1 serpent");
    new SignIn(page).link().click(); // the tenant still knows who it is
    assertThat(page).hasURL(product.base() + "/operator#" + id);
    assertThat(operators.call()).containsText("1 serpent");

    agent.forgetCookie("COUNTERSIGN_SESSION");
    operators.refresh();
    assertThat(page.getByText("You were signed out.")).isVisible();
    assertThat(page.getByText("serpent")).hasCount(0);
    agent.forgetCookie("TENANT_SESSION"); // and another one comes
    new SignIn(page).toTheTenant();
    new SignIn(page).loginAs("bob").click();
    new ChatPage(page).shown();
    assertThat(page).hasURL(product.base() + "/");
    product.as("bob").post("/api/approvals/" + id + "/cancel", "");
  }

  @Test
  void worksByKeysAloneOnTheSmallestPhone(Browsers browsers, Product product) {
    String id = asked(product, "bob", "ophicleide " + "o".repeat(30));
    awaitListed(product, id);
    String place = "?status=AWAITING_APPROVAL&user=" + userOf(product, id);
    Page page = browsers.open(320, 640, ColorScheme.LIGHT).openTab();
    OperatorPage operators = OperatorPage.open(page, product.base(), place, "olivia").shown();
    Looks looks = new Looks(page, Screenshots::takeWhole);
    Fit.check(page, "list");
    looks.at("operators-list");
    Keys keys = new Keys(page);
    keys.tabTo(OperatorPage.link(operators.row("ophicleide"))).press("Enter");
    assertThat(operators.callTitle()).isFocused();
    assertThat(operators.rows().first()).isHidden();
    assertThat(operators.button("Cancel this call…")).isVisible();
    Fit.check(page, "call");
    looks.at("operators-call");
    keys.tabTo(operators.button("All calls")).press("Enter");
    assertThat(OperatorPage.link(operators.row("ophicleide"))).isFocused();
    keys.press("Enter").tabTo(operators.button("Cancel this call…")).press("Enter");
    assertThat(operators.confirm("Keep it")).isFocused();
    Fit.check(page, "dialog");
    looks.at("operators-cancel");
    keys.press("Escape");
    assertThat(operators.button("Cancel this call…")).isFocused();
    keys.press("Enter").tabTo(operators.confirm("Cancel the call")).press("Enter");
    assertThat(operators.call()).hasAttribute("data-status", "CANCELLED");
    assertThat(operators.callTitle()).isFocused();
    keys.tabTo(page.locator("#user-button")).press("Enter");
    assertThat(page.locator("#user-menu")).isVisible();
  }
}
