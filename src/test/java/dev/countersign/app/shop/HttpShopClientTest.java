package dev.countersign.app.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.shop.OrderAnswer.Busy;
import dev.countersign.app.shop.OrderAnswer.Conflict;
import dev.countersign.app.shop.OrderAnswer.NotSent;
import dev.countersign.app.shop.OrderAnswer.Ordered;
import dev.countersign.app.shop.OrderAnswer.Refused;
import dev.countersign.app.shop.OrderAnswer.Unauthorized;
import dev.countersign.app.shop.OrderAnswer.Unknown;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpShopClientTest {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
  private static final Order HEADPHONES = new Order("headphones", 2, new BigDecimal("99.90"));
  private static final BearerToken TOKEN = new BearerToken("eyJ.secret.token");

  @StartStop private final MockWebServer server = new MockWebServer();
  private final OkHttpClient http = new OkHttpClient();

  @Test
  void postsTheOrderWithTokenAndKey() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().code(201).build());

    order(HEADPHONES);

    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getRequestLine()).isEqualTo("POST /api/orders?from=chat HTTP/1.1");
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer eyJ.secret.token");
    assertThat(sent.getHeaders().get("Idempotency-Key")).isEqualTo("purchase-1");
    assertThat(sent.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(bodyOf(sent))
        .isEqualTo("{\"product\":\"headphones\",\"qty\":2,\"priceLimit\":99.90}");
  }

  @Test
  void presentsItsCertificateWhenTheShopAsks() throws InterruptedException {
    HeldCertificate shop =
        new HeldCertificate.Builder().addSubjectAlternativeName(server.getHostName()).build();
    HeldCertificate agent = new HeldCertificate.Builder().commonName("agent").build();
    HandshakeCertificates ofShop =
        new HandshakeCertificates.Builder()
            .heldCertificate(shop)
            .addTrustedCertificate(agent.certificate())
            .build();
    HandshakeCertificates ofAgent =
        new HandshakeCertificates.Builder()
            .heldCertificate(agent)
            .addTrustedCertificate(shop.certificate())
            .build();
    server.useHttps(ofShop.sslSocketFactory());
    server.requestClientAuth();
    server.enqueue(new MockResponse.Builder().code(201).build());
    OkHttpClient withCertificate =
        http.newBuilder()
            .sslSocketFactory(ofAgent.sslSocketFactory(), ofAgent.trustManager())
            .build();
    URI endpoint = server.url("/api/orders").uri();

    assertThat(order(new HttpShopClient(withCertificate, site(endpoint), CLOCK), HEADPHONES))
        .isEqualTo(new Ordered("Created"));
    assertThat(Objects.requireNonNull(server.takeRequest().getHandshake()).peerCertificates())
        .containsExactly(agent.certificate());
  }

  /** A proxy's or a portal's: the shop may or may not have been behind it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html; charset=utf-8 | <p>Please sign in",
        "'' | <!DOCTYPE html><title>Hi</title>"
      })
  void aPageIsNoOrder(String type, String page) {
    server.enqueue(
        new MockResponse.Builder().code(200).setHeader("Content-Type", type).body(page).build());

    assertThat(order(HEADPHONES))
        .isEqualTo(
            new Unknown(
                "The shop's address answered 200 with a page, which is no order's answer", null));
  }

  @ParameterizedTest
  @CsvSource({"1E+3,1000", "0.10,0.10", "999999999999.99,999999999999.99"})
  void priceLimitIsAPlainNumber(BigDecimal priceLimit, String written) throws InterruptedException {
    server.enqueue(new MockResponse.Builder().build());

    order(new Order("headphones", 1, priceLimit));

    assertThat(bodyOf(server.takeRequest())).endsWith("\"priceLimit\":" + written + "}");
  }

  @Test
  void priceLimitIsLeftOutWhenThereIsNone() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().build());

    order(new Order("„Kopfhörer“", 1, null));

    assertThat(bodyOf(server.takeRequest())).isEqualTo("{\"product\":\"„Kopfhörer“\",\"qty\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 201 Created         | Created
          HTTP/1.1 201 Order taken     | Order taken
          HTTP/1.1 200 OK              | OK
          'HTTP/1.1 202 '              | Accepted
          'HTTP/1.1 204 '              | No Content
          """)
  void orderedWithTheStatusText(String statusLine, String statusText) {
    server.enqueue(new MockResponse.Builder().status(statusLine).build());

    assertThat(order(HEADPHONES)).isEqualTo(new Ordered(statusText));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "none",
      textBlock =
          """
          201 | {"orderId": "4711"}                          |                          | 4711
          200 | {"orderNumber": "A-1", "id": "x"}            |                          | A-1
          201 | {"id": 4711}                                 |                          | 4711
          201 | {"id": {"of": 1}}                            | /api/orders/47%2011      | 47 11
          201 | Thank you                                    | https://shop.test/o/4711 | 4711
          200 | {}                                           | /api/orders/4711         | none
          201 | []                                           | /api/orders              | none
          201 | {"id": "  "}                                 |                          | none
          201 | {"id": "4711", "id": "4712"}                 |                          | none
          201 | {"id": "a\u202Eb eyJ.secret.token"}          |                          | a b [hidden]
          201 | {"id": "0123456789012345678901234567890123456789012345678901234567890123456789"} || none
          """)
  void orderedWithTheNumberThatTheShopNames(
      int status, String body, @Nullable String location, @Nullable String number) {
    MockResponse.Builder answer = new MockResponse.Builder().code(status).body(body);
    if (location != null) {
      answer.setHeader("Location", location);
    }
    server.enqueue(answer.build());

    assertThat(order(HEADPHONES))
        .isInstanceOfSatisfying(
            Ordered.class, ordered -> assertThat(ordered.number()).isEqualTo(number));
  }

  @Test
  void orderedWithTheUsualStatusTextOverHttp2() throws IOException {
    List<Protocol> http2 = List.of(Protocol.H2_PRIOR_KNOWLEDGE);
    try (MockWebServer server2 = new MockWebServer()) {
      server2.setProtocols(http2);
      server2.start();
      server2.enqueue(new MockResponse.Builder().code(201).build());
      HttpShopClient client =
          new HttpShopClient(
              http.newBuilder().protocols(http2).build(),
              site(server2.url("/api/orders").uri()),
              CLOCK);

      assertThat(order(client, HEADPHONES)).isEqualTo(new Ordered("Created"));
    }
  }

  @Test
  void orderedWhenOnlyTheBodyIsLost() {
    server.enqueue(
        new MockResponse.Builder()
            .status("HTTP/1.1 201 Created")
            .body("x".repeat(1_000))
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());

    assertThat(order(HEADPHONES)).isEqualTo(new Ordered("Created"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"title":"Price","detail":"99.90 is below the price of 120.00"} | 99.90 is below the price of 120.00
          {"title":"Price above the limit"}                               | Price above the limit
          {"message":"sold out","error":"E17"}                            | sold out
          {"error":"sold_out"}                                            | sold_out
          "sold out"                                                      | sold out
          sold out                                                        | sold out
          {"detail":"token eyJ.secret.token\\nis not for this"}            | token [hidden] is not for this
          <html><body>nginx</body></html>                                 | Unprocessable
          {"code":17}                                                     | Unprocessable
          ``                                                              | Unprocessable
          """)
  void refusedInTheShopsWords(String body, String words) {
    server.enqueue(
        new MockResponse.Builder().status("HTTP/1.1 422 Unprocessable").body(body).build());

    assertThat(order(HEADPHONES)).isEqualTo(new Refused(422, words));
  }

  @Test
  void refusedWordsAreCapped() {
    server.enqueue(
        new MockResponse.Builder()
            .code(400)
            .body("{\"detail\":\"" + "x".repeat(5_000) + "\"}")
            .build());

    assertThat(order(HEADPHONES))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.words()).hasSize(300).endsWith("…"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 403, 404, 410, 422, 451})
  void refusedAtAnyOther4xx(int status) {
    server.enqueue(new MockResponse.Builder().code(status).build());

    assertThat(order(HEADPHONES))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.status()).isEqualTo(status));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void unauthorizedAt401AndConflictAt409() {
    server.enqueue(new MockResponse.Builder().code(401).body("{\"detail\":\"expired\"}").build());
    server.enqueue(new MockResponse.Builder().code(409).body("{\"detail\":\"there\"}").build());

    assertThat(order(HEADPHONES)).isEqualTo(new Unauthorized("expired"));
    assertThat(order(HEADPHONES)).isEqualTo(new Conflict("there"));
  }

  @ParameterizedTest
  @ValueSource(ints = {425, 429, 503})
  void busyWithTheTimeToWaitWhenTheShopMeansNotOrdered(int status) {
    HttpShopClient client = client(CALL_TIMEOUT, true);
    server.enqueue(new MockResponse.Builder().code(status).addHeader("Retry-After", "0").build());
    server.enqueue(new MockResponse.Builder().code(status).build());

    assertThat(order(client, HEADPHONES)).isEqualTo(new Busy(status, Duration.ZERO));
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(order(client, HEADPHONES)).isEqualTo(new Busy(status, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {425, 429})
  void busyWhenItIsTurnedAwayBeforeAnybodyActs(int status) {
    server.enqueue(new MockResponse.Builder().code(status).addHeader("Retry-After", "7").build());

    assertThat(order(HEADPHONES)).isEqualTo(new Busy(status, Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 502, 503, 504})
  void unknownWithTheTimeToWait(int status) {
    server.enqueue(new MockResponse.Builder().code(status).addHeader("Retry-After", "0").build());
    server.enqueue(new MockResponse.Builder().code(status).addHeader("Retry-After", "90").build());

    assertThat(order(HEADPHONES))
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.retryAfter()).isEqualTo(Duration.ZERO));
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(order(HEADPHONES))
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.retryAfter()).hasSeconds(90));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
  void unknownAtARedirectThatIsNotFollowed(int status) {
    server.enqueue(
        new MockResponse.Builder().code(status).addHeader("Location", "/elsewhere").build());

    assertThat(order(HEADPHONES)).isInstanceOf(Unknown.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 501, 502, 503, 504, 599})
  void unknownAt408And5xx(int status) {
    server.enqueue(new MockResponse.Builder().code(status).body("lost eyJ.secret.token").build());

    assertThat(order(HEADPHONES))
        .isInstanceOfSatisfying(
            Unknown.class,
            unknown ->
                assertThat(unknown.reason())
                    .contains(Integer.toString(status))
                    .doesNotContain(TOKEN.value()));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void unknownWhenTheAnswerIsLost() {
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());

    assertThat(order(HEADPHONES)).isInstanceOf(Unknown.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void unknownWhenTheAnswerIsLate() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());

    assertThat(order(client(Duration.ofSeconds(1)), HEADPHONES)).isInstanceOf(Unknown.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void notSentWhenTheShopIsDown() {
    HttpShopClient client = client(CALL_TIMEOUT);
    server.close();

    assertThat(order(client, HEADPHONES)).isInstanceOf(NotSent.class);
  }

  @Test
  void looksAnOrderUpByItsKeyWithTheToken() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().status("HTTP/1.1 200 Found it").build());

    assertThat(lookUp("p-1 &2")).isEqualTo(new LookUpAnswer.Ordered("Found it"));
    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getRequestLine()).isEqualTo("GET /api/orders?key=p-1%20%262 HTTP/1.1");
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer eyJ.secret.token");
    assertThat(sent.getHeaders().get("Idempotency-Key")).isEqualTo("p-1 &2");
  }

  @Test
  void finds404NoOrder() {
    server.enqueue(new MockResponse.Builder().code(404).build());

    assertThat(lookUp("p-1")).isEqualTo(new LookUpAnswer.NotFound());
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 302, 401, 403, 410, 429, 500, 503})
  void anyOtherAnswerToALookUpSaysNothing(int status) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Retry-After", "7")
            .addHeader("Location", "/elsewhere")
            .build());

    assertThat(lookUp("p-1"))
        .isInstanceOfSatisfying(
            LookUpAnswer.Unknown.class,
            unknown -> {
              assertThat(unknown.reason()).contains(Integer.toString(status));
              assertThat(unknown.retryAfter()).hasSeconds(7);
            });
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aLookUpWithoutAnswerSaysNothing() {
    HttpShopClient client = client(CALL_TIMEOUT);
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    assertThat(client.lookUp(TOKEN, "p-1")).isInstanceOf(LookUpAnswer.Unknown.class);
    server.close();
    assertThat(client.lookUp(TOKEN, "p-1")).isInstanceOf(LookUpAnswer.Unknown.class);
  }

  @Test
  void looksNothingUpWithoutAnAddress() {
    HttpShopClient client = new HttpShopClient(http, site(server.url("/").uri()), CLOCK);

    assertThat(client.lookUp(TOKEN, "p-1")).isInstanceOf(LookUpAnswer.Unknown.class);
    assertThat(server.getRequestCount()).isZero();
  }

  private LookUpAnswer lookUp(String key) {
    return client(CALL_TIMEOUT).lookUp(TOKEN, key);
  }

  private OrderAnswer order(Order order) {
    return order(client(CALL_TIMEOUT), order);
  }

  private static OrderAnswer order(HttpShopClient client, Order order) {
    return client.order(order, TOKEN, "purchase-1");
  }

  private HttpShopClient client(Duration callTimeout) {
    return client(callTimeout, false);
  }

  private HttpShopClient client(Duration callTimeout, boolean unavailableMeansNotOrdered) {
    URI endpoint = server.url("/api/orders?from=chat").uri();
    return new HttpShopClient(
        http, new ShopSite(endpoint, lookUp(), callTimeout, unavailableMeansNotOrdered), CLOCK);
  }

  private static ShopSite site(URI endpoint) {
    return new ShopSite(endpoint, null, CALL_TIMEOUT, false);
  }

  private String lookUp() {
    return server.url("/api/orders").toString() + "?key={key}";
  }

  private static String bodyOf(RecordedRequest request) {
    return Objects.requireNonNull(request.getBody()).utf8();
  }
}
