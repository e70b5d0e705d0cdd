package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.Browser;
import dev.countersign.app.signout.SignOuts;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Who has signed out is out, at every replica and with every copy of the cookie. */
class SignOutIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String COOKIE = "COUNTERSIGN_SESSION";

  @RegisterExtension static final Product product = new Product().startApplication();

  @SuppressWarnings("NullAway.Init")
  private static ConfigurableApplicationContext replica;

  private final Browser browser = new Browser();
  private final Browser other = new Browser();

  @BeforeAll
  static void start() {
    replica = product.startReplica();
    product.tenant.tellsLogoutsTo(URI.create(product.base() + "/logout/backchannel"));
    await()
        .atMost(Product.PATIENCE)
        .until(() ->
            product.application().getBean(SignOuts.class).isCurrent()
                && replica.getBean(SignOuts.class).isCurrent());
  }

  @AfterAll
  static void stop() {
    replica.close();
  }

  @AfterEach
  void close() {
    browser.close();
    other.close();
  }

  private static String here() {
    return product.base();
  }

  private static String there() {
    ApplicationContext context = replica;
    return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
  }

  /** What somebody gets who has a copy of the cookie. */
  private static int status(String app, String cookie) {
    try (Browser thief = new Browser()) {
      return thief.get(app + "/api/approvals/open", "Cookie", COOKIE + "=" + cookie).statusCode();
    }
  }

  private static void isOutSoon(String app, String cookie) {
    await().atMost(SOON).until(() -> status(app, cookie), status -> status == 401);
  }

  private static String signOut(Browser browser, String path) {
    browser.get(here() + "/api/session");
    String answer = browser.postAsScript(here() + path, "").body();
    return JsonMapper.shared().readTree(answer).path("location").asString();
  }

  @Test
  void aCopyOfTheCookieIsWorthNothingAfterASignOut() {
    browser.signIn(here(), "alice");
    String cookie = browser.value(COOKIE);
    assertThat(status(here(), cookie)).isEqualTo(200);
    assertThat(status(there(), cookie)).isEqualTo(200);
    other.signIn(here(), "alice");

    signOut(browser, "/logout");

    assertThat(status(here(), cookie)).isEqualTo(401);
    isOutSoon(there(), cookie);
    assertThat(status(here(), other.value(COOKIE))).isEqualTo(200);
  }

  @Test
  void signingOutEverywhereEndsTheSessionsOfAllBrowsers() {
    browser.signIn(here(), "bob");
    other.signIn(there(), "bob");
    String cookie = browser.value(COOKIE);

    signOut(browser, "/logout?everywhere=true");

    assertThat(status(here(), other.value(COOKIE))).isEqualTo(401);
    isOutSoon(there(), other.value(COOKIE));
    isOutSoon(there(), cookie);
  }

  @Test
  void theProviderEndsAllSessionsOfAUser() {
    browser.signIn(here(), "carol");
    String cookie = browser.value(COOKIE);

    assertThat(product.tenant.endSessionsOf("carol")).containsExactly(200);

    assertThat(status(here(), cookie)).isEqualTo(401);
    isOutSoon(there(), cookie);
  }

  @Test
  void theProviderEndsWhatBeganInOneSessionThere() {
    browser.signIn(here(), "alice");
    String first = browser.value(COOKIE);
    browser.follow(here() + "/oauth2/authorization/countersign");
    String second = browser.value(COOKIE);
    other.signIn(here(), "alice");
    assertThat(second).isNotEqualTo(first);

    browser.follow(signOut(browser, "/logout"));

    assertThat(status(here(), first)).isEqualTo(401);
    isOutSoon(there(), first);
    assertThat(status(here(), other.value(COOKIE))).isEqualTo(200);
  }
}
