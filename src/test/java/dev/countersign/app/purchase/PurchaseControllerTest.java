package dev.countersign.app.purchase;

import static dev.countersign.app.purchase.PurchaseWorld.ALICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.call.ApproverSettings;
import dev.countersign.app.call.Approvers;
import dev.countersign.app.call.Cursors;
import dev.countersign.app.login.SignedInMvc;
import dev.countersign.app.shop.Order;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.ciba.UserHint;
import dev.countersign.guard.UserDigest;
import dev.countersign.vault.Sha256;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/**
 * Who approves a purchase by {@code POST /api/purchases}: by the login, and by what the call says.
 */
@Timeout(60)
class PurchaseControllerTest {
  private static final IdempotencyKey KEY = new IdempotencyKey("k1");

  private final PurchaseWorld world = new PurchaseWorld();
  private Caller caller = ALICE;

  @AfterEach
  void close() {
    world.close();
  }

  private MvcTestResult post(String loginHint, boolean userCodes, String body) {
    var settings =
        new ApproverSettings(
            new LoginHintTemplate(loginHint, "https://tenant.example.com/"),
            "sub",
            userCodes,
            true);
    var controller =
        new PurchaseController(
            world.purchases, new Approvers(settings, world.vault), new Cursors(world.vault));
    return SignedInMvc.of(controller, _ -> caller, _ -> KEY)
        .post()
        .uri("/api/purchases")
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }

  private PurchaseState end() {
    return world.new Running(id()).end();
  }

  private String id() {
    return "shop_online-"
        + new UserDigest(new byte[32]).of(caller.sub())
        + "-"
        + Sha256.hex(KEY.digest()).substring(0, 32);
  }

  @Test
  void asksTheCallerByTheClaimsOfTheirLogin() {
    world.provider.approvesAfter(Duration.ofSeconds(10));
    caller =
        new Caller("u1", Map.of("sub", "u1", "email", "alice@example.com", "email_verified", true));

    assertThat(post("{email}", false, "{\"product\": \"lamp\", \"qty\": 1}")).hasStatus(202);

    assertThat(end().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.provider.rings())
        .singleElement()
        .satisfies(
            ring -> assertThat(ring.hint()).isEqualTo(new UserHint.LoginHint("alice@example.com")));
  }

  @Test
  void asksByTheTokenThatTheCallGives() {
    world.provider.approvesAfter(Duration.ofSeconds(10));

    MvcTestResult answer =
        post(
            "{phone_number}",
            true,
            """
            {"product": "lamp", "qty": 1, "loginHintToken": "plain-token", "userCode": "plain-code"}\
            """);

    assertThat(answer).hasStatus(202);
    assertThat(answer)
        .bodyJson()
        .hasPathSatisfying("$.status", status -> assertThat(status).isEqualTo("REQUESTED"))
        .hasPathSatisfying("$.code", code -> assertThat(code).isNull());
    assertThat(answer).bodyText().doesNotContain("plain-");
    assertThat(end().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.provider.rings())
        .singleElement()
        .satisfies(
            ring -> assertThat(ring.hint()).isEqualTo(new UserHint.LoginHintToken("plain-token")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | "loginHintToken": "plain-a", "idTokenHint": "plain-b" | idTokenHint    | must not be given beside loginHintToken
          false | "userCode": "plain-code"                              | userCode       | must not be given: the identity provider takes none
          true  | "loginHintToken": ""                                  | loginHintToken | must have 1 to 8,192 bytes
          """)
  void refusesAWrongHintAndAsksNobody(
      boolean userCodes, String hints, String field, String message) {
    MvcTestResult answer =
        post("{sub}", userCodes, "{\"product\": \"lamp\", \"qty\": 1, " + hints + "}");

    assertThat(answer).hasStatus(400).hasContentType("application/problem+json");
    assertThat(answer)
        .bodyJson()
        .hasPathSatisfying("$.detail", it -> assertThat(it).isEqualTo(field + " " + message + "."))
        .hasPathSatisfying("$.errors[0].field", it -> assertThat(it).isEqualTo(field))
        .hasPathSatisfying("$.errors[0].message", it -> assertThat(it).isEqualTo(message));
    assertThat(new String(answer.getResponse().getContentAsByteArray(), UTF_8))
        .doesNotContain("plain-");
    assertThat(world.purchases.find(ALICE, id())).isEmpty();
  }

  @Test
  void takesEmojiOutBeforeAnythingIsFrozen() {
    world.provider.approvesAfter(Duration.ofSeconds(10));

    MvcTestResult answer =
        post("{sub}", false, "{\"product\": \"👩🏽‍⚕️ nurse's watch 🎧\", \"qty\": 1}");

    assertThat(answer).hasStatus(202);
    assertThat(answer)
        .bodyJson()
        .hasPathSatisfying("$.product", it -> assertThat(it).isEqualTo("nurse's watch"));
    assertThat(end().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.shop.orders()).containsExactly(new Order("nurse's watch", 1, null));
    assertThat(world.provider.rings())
        .singleElement()
        .satisfies(ring -> assertThat(ring.bindingMessage()).endsWith("watch"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"🎧", "🇩🇪🇫🇷", " 👍🏿 🎁 "})
  void refusesANameOfNothingButEmoji(String product) {
    MvcTestResult answer = post("{sub}", false, "{\"product\": \"" + product + "\", \"qty\": 1}");

    assertThat(answer).hasStatus(400);
    assertThat(answer)
        .bodyJson()
        .hasPathSatisfying(
            "$.detail", it -> assertThat(it).isEqualTo("product must be more than emoji."));
    assertThat(world.purchases.find(ALICE, id())).isEmpty();
  }

  @Test
  void saysWhichClaimTheLoginLacks() {
    MvcTestResult answer = post("{email}", false, "{\"product\": \"lamp\", \"qty\": 1}");

    assertThat(answer).hasStatus(422);
    assertThat(answer)
        .bodyJson()
        .hasPathSatisfying(
            "$.detail",
            detail ->
                assertThat(detail)
                    .asString()
                    .startsWith("Your login has no claim \"email\"")
                    .endsWith("or send a loginHintToken or an idTokenHint."));
  }
}
