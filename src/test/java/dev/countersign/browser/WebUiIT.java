package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.e2e.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Temporal's own Web UI and command line, beside an application whose payloads are sealed: they
 * show operators what it is about, and nobody else.
 */
@WithBrowser
class WebUiIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AUDIENCE = "payloads";

  private static TlsFront front;
  private static Product product;

  @BeforeAll
  static void start() {
    front = TlsFront.start();
    product = new Product(LauncherSettings.temporary().withCodecServer(codecServer()));
    product.startApplication(
        "countersign.temporal.payloads.mode=sealed",
        "countersign.codec-server.audience=" + AUDIENCE,
        "countersign.codec-server.role=temporal-reader",
        "countersign.codec-server.web-ui=" + product.temporal.uiUrl().orElseThrow(),
        "countersign.codec-server.encode=true",
        "countersign.shop.idempotent=false");
    front.passOnTo(product.base());
  }

  @AfterAll
  static void stop() throws IOException {
    product.close();
    front.close();
  }

  private static String codecServer() {
    return front.url() + "/codec";
  }

  private static String token(String role) {
    return product.tenant.token("bob", AUDIENCE, Map.of("roles", List.of(role)));
  }

  private static String asked(int qty, String what) {
    String id = product.as("alice").buy(qty, what);
    Product.awaitStatus(product.as("alice"), id, "AWAITING_APPROVAL");
    return id;
  }

  /** A tab of somebody who has signed in at the Web UI, which passes their token on. */
  private static Page signedIn(UserAgent agent, String accessToken) {
    Page page = agent.openTab();
    page.addInitScript(
        "localStorage.setItem('AuthUser', JSON.stringify({accessToken: '"
            + accessToken
            + "', idToken: 'its.id.token'}))");
    page.route("**/api/v1/settings*", WebUiIT::passesTokensOn);
    return page;
  }

  /**
   * As {@code TEMPORAL_CODEC_PASS_ACCESS_TOKEN} and {@code TEMPORAL_AUTH_ENABLED} say, for which
   * the dev server has no flags.
   */
  private static void passesTokensOn(Route route) {
    APIResponse answer = route.fetch();
    try {
      ObjectNode settings = (ObjectNode) JSON.readTree(answer.body());
      assertThat(settings.at("/Codec/Endpoint").asText()).isEqualTo(codecServer());
      ((ObjectNode) settings.get("Codec")).put("PassAccessToken", true);
      ((ObjectNode) settings.get("Auth")).put("Enabled", true).putArray("Options");
      route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(settings.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void open(Page page, String id) {
    page.navigate(product.temporal.uiUrl().orElseThrow() + "/namespaces/default/workflows/" + id);
    assertThat(page.getByText(id).first()).isVisible();
  }

  @Test
  void webUiShowsAnOperatorWhatIsSealed(Browsers browsers) {
    String id = asked(2, "wolpertingers");
    UserAgent agent = browsers.openTrusting().expecting("newsfeed.temporal.io");
    Page page = signedIn(agent, token("temporal-reader"));

    open(page, id);

    assertThat(page.getByText("Do you want to buy 2 wolpertingers").first()).isVisible();
    Screenshots.take(page, "web-ui-sealed");
    product.as("alice").post("/api/purchases/" + id + "/cancel", "");
  }

  @Test
  void webUiShowsOthersNothing(Browsers browsers) {
    String id = asked(3, "hippogriffs");
    UserAgent agent = browsers.openTrusting().expecting("newsfeed.temporal.io", "status of 403");
    List<Integer> refusals = new ArrayList<>();
    Page page = signedIn(agent, token("somebody"));
    page.onResponse(answer -> {
      if (answer.url().startsWith(codecServer())) {
        refusals.add(answer.status());
      }
    });

    open(page, id);

    page.waitForCondition(() -> refusals.contains(403));
    assertThat(page.getByText("hippogriffs")).hasCount(0);
    product.as("alice").post("/api/purchases/" + id + "/cancel", "");
  }

  @Test
  void commandLineShowsAndSettles() throws Exception {
    String id = asked(4, "griffins");
    String message =
        Base64.getEncoder().encodeToString("\"Do you want to buy 4 griffins\"".getBytes(UTF_8));
    assertThat(temporal("workflow", "show", "--workflow-id", id, "--output", "json"))
        .contains(Base64.getEncoder().encodeToString("binary/encrypted".getBytes(UTF_8)))
        .doesNotContain(message);

    String[] asOperator = {
      "--codec-endpoint",
      product.base() + "/codec",
      "--codec-auth",
      "Bearer " + token("temporal-reader")
    };

    assertThat(
            temporal(with(asOperator, "workflow", "show", "--workflow-id", id, "--output", "json")))
        .contains(message);

    product.shop.faults().next("orders", 1, new Fault.LoseAnswer());
    product.phoneOf("alice").approve("Do you want to buy 4 griffins");
    Product.awaitStatus(product.as("alice"), id, "OUTCOME_UNKNOWN");
    String settled = "{\"done\": true, \"words\": \"Order 4711, found in the back office\"}";
    String[] settle = {
      "workflow", "signal", "--workflow-id", id, "--name", "settle", "--input", settled
    };
    temporal(settle); // in plain, which the workflow doesn't take
    temporal(with(asOperator, settle));
    await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() ->
            assertThat(product.as("alice").purchase(id).path("status").asText())
                .isEqualTo("ORDERED"));
  }

  private static String[] with(String[] options, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  private static String temporal(String... command) throws Exception {
    List<String> all = new ArrayList<>();
    all.add(TemporalLauncher.binary().toString());
    all.addAll(List.of(command));
    all.addAll(List.of("--address", product.temporal.target()));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
