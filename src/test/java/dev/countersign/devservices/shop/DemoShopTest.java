package dev.countersign.devservices.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.loopback.CallLog;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.devservices.loopback.Http;
import dev.countersign.devservices.loopback.Http.Answer;
import dev.countersign.devservices.loopback.MutableClock;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoShopTest {
  private static final String HEADPHONES =
      "{\"product\":\"headphones\",\"qty\":2,\"priceLimit\":300}";
  private static final Http HTTP = new Http();
  private static final MutableClock CLOCK = new MutableClock();
  private static IdentityTenant tenant;
  private static String token;
  @TempDir Path directory;
  private DemoShop shop;

  @BeforeAll
  static void startTenant() throws IOException {
    tenant = IdentityTenant.start(TenantSettings.on(0, null).withClock(CLOCK));
    token = approvedToken("sample-shop-api", "openid product:buy");
  }

  @AfterAll
  static void stopTenant() {
    tenant.close();
    HTTP.close();
  }

  @BeforeEach
  void start() {
    shop = DemoShop.start(new ShopSettings(0, tenant.issuer(), "sample-shop-api", directory));
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  @Test
  void createdWithAnApprovedToken() throws IOException {
    Answer answer = order(HEADPHONES, token, "key-1");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().at("/product").asString()).isEqualTo("headphones");
    assertThat(answer.json().at("/qty").asInt()).isEqualTo(2);
    assertThat(answer.json().at("/priceLimit").asInt()).isEqualTo(300);
    assertThat(answer.json().at("/buyer").asString()).isEqualTo("auth0|alice");
    assertThat(HTTP.get(shop.url()).json().at("/0/orderId"))
        .isEqualTo(answer.json().at("/orderId"));
  }

  @Test
  void problemAndNoOrderWithoutTheRightToken() throws IOException {
    assertProblem(HTTP.json(shop.url(), HEADPHONES), 401);
    assertProblem(order(HEADPHONES, "no.jwt.here", "k"), 401);
    assertProblem(order(HEADPHONES, tenant.apiToken("alice"), "k"), 401);
    assertProblem(order(HEADPHONES, approvedToken("sample-shop-api", "openid"), "k"), 403);
    assertThat(shop.orders()).isEmpty();
  }

  @Test
  void unavailableWhileTheIssuersKeysCantBeHad() throws IOException {
    tenant.faults().next("jwks", 1, new Fault.Answer(500));
    assertProblem(order(HEADPHONES, token, "key-1"), 503);
    assertThat(order(HEADPHONES, token, "key-1").status()).isEqualTo(201);
    shop.close();
    shop = DemoShop.start(ShopSettings.of("http://localhost:1/"));
    assertProblem(order(HEADPHONES, token, "key-1"), 503);
  }

  @Test
  void problemWhenTheOrderIsWrong() throws IOException {
    assertProblem(order("{\"product\":\"headphones\",\"qty\":0}", token, "k"), 400);
    assertProblem(order("{\"qty\":1}", token, "k"), 400);
    assertProblem(order("two headphones", token, "k"), 400);
    assertThat(shop.orders()).isEmpty();
  }

  @Test
  void firstAnswerAgainWhenTheKeyIsRepeated() throws IOException {
    Answer first = order(HEADPHONES, token, "key-1");
    Answer again = order(HEADPHONES.replace("300", "300.00"), token, "key-1");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertProblem(order(HEADPHONES.replace("2", "3"), token, "key-1"), 422);
    assertThat(shop.orders()).hasSize(1);
  }

  @Test
  void twoOrdersWithoutAKey() throws IOException {
    for (int i = 0; i < 2; i++) {
      HTTP.json(shop.url(), HEADPHONES, "Authorization", "Bearer " + token);
    }
    assertThat(shop.orders()).hasSize(2);
  }

  @Test
  void ordersAndKeysSurviveARestart() throws IOException {
    Answer before = order(HEADPHONES, token, "key-1");
    shop.close();
    start();
    assertThat(order(HEADPHONES, token, "key-1").body()).isEqualTo(before.body());
    assertThat(shop.orders()).hasSize(1);
  }

  @Test
  void orderIsTakenThoughItsAnswerIsLost() throws IOException {
    shop.faults().next("orders", 1, new Fault.LoseAnswer());
    assertThatThrownBy(() -> order(HEADPHONES, token, "key-1")).isInstanceOf(IOException.class);
    assertThat(shop.orders()).hasSize(1);
    assertThat(order(HEADPHONES, token, "key-1").status()).isEqualTo(201);
    assertThat(shop.orders()).hasSize(1);
  }

  @Test
  void nothingIsTakenWhenTheConnectionIsResetBefore() throws IOException {
    shop.faults().next("orders", 1, new Fault.Reset());
    assertThatThrownBy(() -> order(HEADPHONES, token, "key-1")).isInstanceOf(IOException.class);
    assertThat(shop.orders()).isEmpty();
  }

  @Test
  void orderIsTakenThoughTheAnswerSaysOtherwise() throws IOException {
    shop.faults().next("orders", 1, new Fault.AnswerAfter(new Fault.Answer(503)));
    Answer answer = order(HEADPHONES, token, "key-1");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).isEmpty();
    assertThat(shop.orders()).hasSize(1);
  }

  @Test
  void orderIsTakenThoughItsAnswerEndsInTheMiddle() {
    shop.faults().next("orders", 1, new Fault.Truncate());
    assertThatThrownBy(() -> order(HEADPHONES, token, "key-1")).isInstanceOf(IOException.class);
    assertThat(shop.orders()).hasSize(1);
  }

  @Test
  void answerMayHaveAnotherContentType() throws IOException {
    shop.faults().next("orders", 1, new Fault.Mislabel("text/plain"));
    Answer answer = order(HEADPHONES, token, "key-1");
    assertThat(answer.header("Content-Type")).startsWith("text/plain");
    assertThat(answer.json().at("/product").asString()).isEqualTo("headphones");
  }

  @Test
  void nothingIsTakenAndNothingSaidUntilTheFaultsAreCleared() {
    shop.faults().next("orders", 1, new Fault.NoAnswer(Duration.ofMinutes(1)));
    var silent = new FutureTask<>(() -> order(HEADPHONES, token, "key-1"));
    Thread.ofVirtual().start(silent);
    await().until(() -> shop.faults().held("orders") == 1);
    shop.faults().clear();
    assertThatThrownBy(silent::get).hasCauseInstanceOf(IOException.class);
    assertThat(shop.orders()).isEmpty();
  }

  @Test
  void remembersCallsAndWhatOrdersCameWith() throws IOException {
    order(HEADPHONES, token, "key-1");
    shop.faults().next("orders", 1, new Fault.Answer(503));
    order(HEADPHONES, token, "key-2");
    assertThat(shop.calls())
        .extracting(CallLog.Call::subject, CallLog.Call::status, CallLog.Call::fault)
        .containsExactly(tuple("key-1", 201, null), tuple("key-2", 503, new Fault.Answer(503)));
    assertThat(shop.calls()).allMatch(call -> !call.from().isAfter(call.to()));
    assertThat(shop.records()).hasSize(1);
    assertThat(shop.records().getFirst().idempotencyKey()).isEqualTo("key-1");
    assertThat(shop.records().getFirst().tokenId())
        .isEqualTo(tenant.pushes("alice").getLast().id());
  }

  @Test
  void answersWhenAHoldIsCleared() throws Exception {
    shop.faults().next("orders", 1, new Fault.HoldBefore(Duration.ofMinutes(1)));
    shop.faults().next("orders", 1, new Fault.HoldAfter(Duration.ofMinutes(1)));
    var before = new FutureTask<>(() -> order(HEADPHONES, token, "key-1"));
    Thread.ofVirtual().start(before);
    await().until(() -> shop.faults().held("orders") == 1);
    assertThat(shop.orders()).isEmpty();
    var after = new FutureTask<>(() -> order(HEADPHONES, token, "key-2"));
    Thread.ofVirtual().start(after);
    await().until(() -> shop.faults().held("orders") == 2);
    assertThat(shop.orders()).hasSize(1);

    shop.faults().clear();
    assertThat(before.get().status()).isEqualTo(201);
    assertThat(after.get().status()).isEqualTo(201);
    assertThat(shop.orders()).hasSize(2);
  }

  @Test
  void namesPortAndSettingWhenThePortIsTaken() {
    var taken = new ShopSettings(shop.port(), tenant.issuer(), "sample-shop-api", null);
    assertThatThrownBy(() -> DemoShop.start(taken))
        .hasMessageContaining("Port " + shop.port() + " of the demo shop is taken")
        .hasMessageContaining("SHOP_PORT");
  }

  private Answer order(String body, String bearer, String key) throws IOException {
    return HTTP.json(shop.url(), body, "Authorization", "Bearer " + bearer, "Idempotency-Key", key);
  }

  private static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().at("/status").asInt()).isEqualTo(status);
    assertThat(answer.json().at("/detail").asString()).isNotBlank();
  }

  private static String approvedToken(String audience, String scope) throws IOException {
    Map<String, String> client =
        Map.of("client_id", tenant.clientId(), "client_secret", tenant.clientSecret());
    Answer asked =
        HTTP.form(
            tenant.issuer() + "bc-authorize",
            with(
                client,
                Map.of(
                    "login_hint",
                    "auth0|alice",
                    "scope",
                    scope,
                    "audience",
                    audience,
                    "binding_message",
                    "Buy")));
    tenant.approve(tenant.pushes("alice").getFirst().id());
    CLOCK.advance(Duration.ofSeconds(5));
    return HTTP.form(
            tenant.issuer() + "oauth/token",
            with(
                client,
                Map.of(
                    "grant_type",
                    "urn:openid:params:grant-type:ciba",
                    "auth_req_id",
                    asked.json().at("/auth_req_id").asString())))
        .json()
        .at("/access_token")
        .asString();
  }

  private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
    Map<String, String> both = new HashMap<>(some);
    both.putAll(more);
    return both;
  }
}
