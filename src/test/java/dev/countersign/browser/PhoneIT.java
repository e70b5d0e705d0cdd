package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.countersign.devservices.loopback.Http;
import dev.countersign.devservices.loopback.MutableClock;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The phone at the development tenant, asked by a client that the test plays. */
@WithBrowser
class PhoneIT {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** So long after the last poll nobody asks any more. */
  private static final Duration SILENCE = Duration.ofSeconds(21);

  private static final String DETAILS =
      "[{\"type\": \"purchase\", \"product\": \"café chairs\", \"qty\": 2, \"priceLimit\": \"300\"}]";
  private static final MutableClock CLOCK = new MutableClock();
  private static final Http HTTP = new Http();

  @SuppressWarnings("NullAway.Init")
  private static IdentityTenant tenant;

  @BeforeAll
  static void start() {
    tenant = IdentityTenant.start(TenantSettings.on(0, null).withClock(CLOCK));
  }

  @AfterAll
  static void stop() {
    HTTP.close();
    tenant.close();
  }

  @Test
  void saysWhoAsksFromWhereAndWhen(Browsers browsers) throws IOException {
    ask("alice", "Do you want to buy 2 cafe chairs #K7QX", DETAILS);
    PhonePage phone = phone(browsers, "alice");
    Locator request = phone.request("Do you want to buy 2 cafe chairs #K7QX");
    assertThat(request).containsText("Countersign demo asks for your approval");
    assertThat(request.getByRole(AriaRole.HEADING))
        .hasText("Do you want to buy 2 cafe chairs #K7QX");
    assertThat(request).containsText("this computer (127.0.0.1)");
    assertThat(request.getByRole(AriaRole.TIMER)).hasText(Pattern.compile("[0-5]:[0-5]\\d"));
    assertThat(value(request, "Product")).hasText("café chairs");
    assertThat(value(request, "Quantity")).hasText("2");
    String written =
        (String)
            phone
                .page()
                .evaluate(
                    "at => new Date(at).toLocaleTimeString()",
                    tenant.pushes("alice").getFirst().createdAt().toString());
    assertThat(request.locator("time")).hasText(written);
    phone.deny("Do you want to buy 2 cafe chairs #K7QX");
    assertThat(phone.page().getByText("Nothing to approve")).isVisible();
    assertThat(phone.page().getByText("Requests for your approval appear here")).isVisible();
  }

  @Test
  void saysWhetherTheAnswerArrived(Browsers browsers) throws IOException {
    String asked = ask("bob", "Do you want to buy 3 kettles", null);
    PhonePage phone = phone(browsers, "bob");
    phone.approve("Do you want to buy 3 kettles");
    Locator request = phone.request("Do you want to buy 3 kettles");
    assertThat(request).containsText("You approved. Countersign demo says what comes of it.");
    assertThat(request).hasAttribute("data-outcome", "sent");
    CLOCK.advance(INTERVAL);
    assertThat(poll(asked)).isEqualTo(200);
    assertThat(request).containsText("Countersign demo has your answer");
    assertThat(request).hasAttribute("data-outcome", "yes");
  }

  @Test
  void promisesNothingWhileNobodyAsksForTheAnswer(Browsers browsers) throws IOException {
    String asked = ask("bob", "Do you want to buy 4 canoes", null);
    PhonePage phone = phone(browsers, "bob");
    Locator request = phone.request("Do you want to buy 4 canoes");
    assertThat(request).isVisible();
    assertThat(request).not().containsText("right now");
    CLOCK.advance(SILENCE);
    assertThat(request)
        .containsText(
            "Countersign demo isn’t asking for your answer right now. An answer counts once Countersign"
                + " demo asks again; if it has taken the request back, nothing comes of it.");
    phone.approve("Do you want to buy 4 canoes");
    assertThat(request).containsText("You approved, but Countersign demo isn’t asking");
    assertThat(request.getByText("Not fetched yet")).isVisible();
    assertThat(poll(asked)).isEqualTo(200); // it was only away
    assertThat(request).containsText("Countersign demo has your answer");
  }

  @Test
  void tellsEqualQuestionsApart(Browsers browsers) throws IOException {
    ask("bob", "Do you want to buy 5 scarves", null);
    CLOCK.advance(Duration.ofSeconds(2));
    ask("bob", "Do you want to buy 5 scarves", null);
    PhonePage phone = phone(browsers, "bob");
    Locator requests = phone.request("Do you want to buy 5 scarves");
    assertThat(requests).hasCount(2);
    assertThat(requests.first()).containsText("2 requests with these words wait for you");
    assertThat(requests.first().locator("time").textContent())
        .isNotEqualTo(requests.last().locator("time").textContent());
    PhonePage.approveButton(requests.first()).click();
    assertThat(phone.page().locator("#pending article")).hasCount(1);
    assertThat(phone.page().locator("#pending article")).not().containsText("with these words");
    denyAll("bob");
  }

  @Test
  void saysThatTheTenantIsAway(Browsers browsers) throws IOException {
    ask("bob", "Do you want to buy 6 anvils", null);
    UserAgent agent = browsers.open(360, 740, ColorScheme.LIGHT).expecting("net::ERR_FAILED");
    PhonePage phone = PhonePage.open(agent.openTab(), tenant.issuer(), "bob");
    Locator request = phone.request("Do you want to buy 6 anvils");
    assertThat(request).isVisible();
    phone.page().route("**/phone/requests**", Route::abort);
    phone.page().route("**/phone/requests/**", Route::abort);
    PhonePage.approveButton(request).click();
    assertThat(request).containsText("This could not be sent. Please try again.");
    assertThat(phone.page().locator("#note")).containsText("No connection to the identity tenant");
    phone.page().unrouteAll();
    assertThat(phone.page().locator("#note")).containsText("1 request waits for you");
    phone.deny("Do you want to buy 6 anvils");
  }

  @Test
  void saysThatThereIsNoSuchUser(Browsers browsers) {
    UserAgent agent = browsers.open(360, 740, ColorScheme.LIGHT).expecting("404");
    PhonePage phone = PhonePage.open(agent.openTab(), tenant.issuer(), "nobody");
    assertThat(phone.page().getByText("There is no such user")).isVisible();
  }

  /** One page with all that a phone shows. */
  @Test
  void looksFinished(Browsers browsers) throws IOException {
    String user = "carol"; // asked for longer than a push lives
    PhonePage phone =
        PhonePage.open(
            browsers.openFine(360, 900, ColorScheme.LIGHT).openTab(), tenant.issuer(), user);
    assertThat(phone.page().locator("#note")).not().hasText("Loading…");
    assertThat(phone.page().locator("#empty")).isVisible();
    looksFinished(phone.page(), "phone-empty");
    ask(user, "Do you want to buy 1 denied thing", DETAILS);
    ask(user, "Do you want to buy 1 silent thing", null);
    phone.deny("Do you want to buy 1 denied thing");
    phone.approve("Do you want to buy 1 silent thing");
    CLOCK.advance(SILENCE);
    String used = ask(user, "Do you want to buy 1 used thing", null);
    phone.approve("Do you want to buy 1 used thing");
    CLOCK.advance(INTERVAL);
    assertThat(poll(used)).isEqualTo(200);
    ask(user, "Do you want to buy 1 sent thing", null);
    phone.approve("Do you want to buy 1 sent thing");
    ask(user, "Do you want to buy 2 cafe chairs for at most 300 #K7QX", DETAILS);
    ask(user, "Do you want to buy 2 cafe chairs for at most 300 #B4WM", DETAILS);
    Locator pending = phone.page().locator("#pending article");
    assertThat(pending).hasCount(2);
    assertThat(phone.page().locator("#decided article").first()).isVisible();
    looksFinished(phone.page(), "phone-full");
    CLOCK.advance(SILENCE);
    assertThat(pending.first()).containsText("right now");
    phone.page().locator("#decided summary").first().click();
    looksFinished(phone.page(), "phone-silent");
    denyAll(user);
  }

  private static void looksFinished(Page page, String view) {
    Looks looks = new Looks(page, Screenshots::takeWhole);
    for (int width : List.of(1280, 360)) {
      page.setViewportSize(width, 900);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isEqualTo(true);
      looks.at(view);
    }
  }

  private static PhonePage phone(Browsers browsers, String user) {
    return PhonePage.open(
        browsers.open(360, 740, ColorScheme.LIGHT).openTab(), tenant.issuer(), user);
  }

  private static void denyAll(String user) {
    tenant.pushes(user).forEach(push -> tenant.deny(push.id()));
  }

  private static Locator value(Locator request, String label) {
    return request
        .getByRole(AriaRole.ROW)
        .filter(new Locator.FilterOptions().setHasText(label))
        .getByRole(AriaRole.CELL);
  }

  /** Returns the request's id for polls. */
  private static String ask(String user, String message, @Nullable String details)
      throws IOException {
    Map<String, String> fields = client();
    fields.put("scope", "openid product:buy");
    fields.put("binding_message", message);
    fields.put("login_hint", "auth0|" + user);
    fields.put("requested_expiry", user.equals("carol") ? "3600" : "300");
    if (details != null) {
      fields.put("authorization_details", details);
    }
    return HTTP.form(tenant.issuer() + "bc-authorize", fields)
        .json()
        .path("auth_req_id")
        .asString();
  }

  private static int poll(String authReqId) throws IOException {
    Map<String, String> fields = client();
    fields.put("grant_type", "urn:openid:params:grant-type:ciba");
    fields.put("auth_req_id", authReqId);
    return HTTP.form(tenant.issuer() + "oauth/token", fields).status();
  }

  private static Map<String, String> client() {
    Map<String, String> fields = new HashMap<>();
    fields.put("client_id", tenant.clientId());
    fields.put("client_secret", tenant.clientSecret());
    return fields;
  }
}
