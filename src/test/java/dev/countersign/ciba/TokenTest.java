package dev.countersign.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ciba.ClientAuthentication.ClientSecretBasic;
import dev.countersign.ciba.TokenAnswer.Denied;
import dev.countersign.ciba.TokenAnswer.Expired;
import dev.countersign.ciba.TokenAnswer.Granted;
import dev.countersign.ciba.TokenAnswer.InvalidGrant;
import dev.countersign.ciba.TokenAnswer.Pending;
import dev.countersign.ciba.TokenAnswer.Refused;
import dev.countersign.ciba.TokenAnswer.SlowDown;
import dev.countersign.ciba.TokenAnswer.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
  private static final AuthReqId AUTH_REQ_ID = new AuthReqId("XyVW8Z3H+/=");
  private static final String GRANTED =
      "{\"access_token\":\"eyJ.a.b\",\"id_token\":\"eyJ.c.d\",\"expires_in\":86400,"
          + "\"scope\":\"openid product:buy\",\"token_type\":\"Bearer\"}";

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Provider provider = new Provider(server);

  @Test
  void sendsGrantTypeAndAuthReqId() throws InterruptedException {
    provider.answers(200, GRANTED);

    poll();

    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getRequestLine()).isEqualTo("POST /oauth/token HTTP/1.1");
    assertThat(sent.getHeaders().get("Content-Type"))
        .startsWith("application/x-www-form-urlencoded");
    assertThat(Provider.form(sent))
        .isEqualTo(
            Map.of(
                "grant_type", "urn:openid:params:grant-type:ciba",
                "auth_req_id", "XyVW8Z3H+/=",
                "client_id", "agent",
                "client_secret", "s3cr&t +ü"));
  }

  @Test
  void sendsBasicHeaderAndNoSecretInTheForm() throws InterruptedException {
    provider.answers(200, GRANTED);
    var basic = new ClientSecretBasic("agent", new ClientSecret("secret"));

    provider.client(basic).token(AUTH_REQ_ID);

    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Basic YWdlbnQ6c2VjcmV0");
    assertThat(Provider.form(sent)).containsOnlyKeys("grant_type", "auth_req_id");
  }

  @Test
  void grantedWithAllThatWasSent() {
    provider.answers(
        200, GRANTED.replace("}", ",\"authorization_details\":[{\"type\":\"purchase\"}]}"));

    assertThat(poll())
        .isEqualTo(
            new Granted(
                new Tokens(
                    "eyJ.a.b",
                    "eyJ.c.d",
                    Duration.ofDays(1),
                    List.of("openid", "product:buy"),
                    "[{\"type\":\"purchase\"}]")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\":\"t\"}",
        "{\"access_token\":\"t\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"t\",\"scope\":null,\"authorization_details\":null}"
      })
  void grantedWhenOnlyTheAccessTokenIsThere(String body) {
    provider.answers(200, body);

    assertThat(poll()).isEqualTo(new Granted(new Tokens("t", null, null, null, null)));
  }

  @Test
  void refusedWhenTheTokenCanNotBeUsedAsBearer() {
    provider.answers(200, "{\"access_token\":\"t\",\"token_type\":\"DPoP\"}");
    provider.answers(200, "{\"access_token\":\"t\\n\"}");

    assertThat(poll())
        .isEqualTo(
            new Refused(
                200,
                "invalid_token_type",
                "The provider granted a token of type DPoP, not Bearer"));
    assertThat(poll())
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.error()).isEqualTo("invalid_token"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void providersOwnErrorsCountAtEachStatus(int status) {
    provider.answers(status, "{\"error\":\"authorization_pending\",\"error_description\":\"w\"}");
    provider.answers(status, "{\"error\":\"access_denied\",\"error_description\":\"denied\"}");
    provider.answers(status, "{\"error\":\"expired_token\"}");
    provider.answers(status, "{\"error\":\"invalid_grant\"}");
    provider.answers(status, "{\"error\":\"invalid_request\",\"error_description\":\"bad\"}");
    provider.answers(status, "{\"error\":\"invalid_client\"}");

    assertThat(poll()).isEqualTo(new Pending());
    assertThat(poll()).isEqualTo(new Denied("denied"));
    assertThat(poll()).isEqualTo(new Expired());
    assertThat(poll()).isEqualTo(new InvalidGrant(null));
    assertThat(poll()).isEqualTo(new Refused(status, "invalid_request", "bad"));
    assertThat(poll()).isEqualTo(new Refused(status, "invalid_client", null));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 429})
  void slowDownWhateverThe4xx(int status) {
    server.enqueue(
        Provider.json(status, "{\"error\":\"slow_down\",\"interval\":10}")
            .addHeader("Retry-After", "12")
            .build());
    provider.answers(status, "{\"error\":\"slow_down\",\"interval\":0}");

    assertThat(poll()).isEqualTo(new SlowDown(Duration.ofSeconds(12), Duration.ofSeconds(10)));
    assertThat(poll()).isEqualTo(new SlowDown(null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "429,{}",
    "429,{\"error\":\"access_denied\"}",
    "408,''",
    "425,''",
    "500,{\"error\":\"access_denied\"}",
    "502,<html>Bad gateway</html>",
    "503,''",
    "504,''",
    "302,''",
    "400,{\"error\":\"temporarily_unavailable\"}"
  })
  void unavailableWhenTheAnswerSaysNothingOfTheRequest(int status, String body) {
    server.enqueue(
        Provider.json(status, body)
            .addHeader("Retry-After", "0")
            .addHeader("Location", "/elsewhere")
            .build());

    assertThat(poll()).isEqualTo(new Unavailable("the provider answered " + status, Duration.ZERO));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void unavailableWithTheResetOfARateLimit() {
    server.enqueue(
        Provider.json(429, "{}")
            .addHeader("x-ratelimit-reset", Provider.NOW.plusSeconds(9).getEpochSecond())
            .build());

    assertThat(poll())
        .isEqualTo(new Unavailable("the provider answered 429", Duration.ofSeconds(9)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "<html>", "{\"access_token\":\"secret", "[]"})
  void unavailableWhenA200IsUnreadable(String body) {
    provider.answers(200, body);

    assertThat(poll())
        .isEqualTo(new Unavailable("the provider answered 200 without a readable token", null));
  }

  @Test
  void unavailableWhenTheAnswerIsLostLateOrBreaksOff() {
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.enqueue(
        Provider.json(200, GRANTED).onResponseBody(new SocketEffect.CloseSocket()).build());
    server.enqueue(
        Provider.json(400, "{\"error\":\"access_denied\"}")
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());

    assertThat(poll()).isInstanceOf(Unavailable.class);
    assertThat(poll()).isInstanceOf(Unavailable.class);
    assertThat(poll()).isInstanceOf(Unavailable.class);
    assertThat(provider.hastyClient().token(AUTH_REQ_ID)).isInstanceOf(Unavailable.class);
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void unavailableWhenTheProviderIsDown() {
    BackchannelClient client = provider.client();
    server.close();

    assertThat(client.token(AUTH_REQ_ID)).isInstanceOf(Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404})
  void unavailableWhenAProxyAnswers(int status) {
    provider.answers(status, "<html>Not here</html>");

    assertThat(poll()).isInstanceOf(Unavailable.class);
  }

  @Test
  void providersWordsDoNotRepeatTheAuthReqId() {
    provider.answers(
        400,
        "{\"error\":\"invalid_grant\",\"error_description\":\"unknown XyVW8Z3H+/=\\n"
            + "x".repeat(500)
            + "\"}");

    assertThat(poll())
        .isInstanceOfSatisfying(
            InvalidGrant.class,
            answer ->
                assertThat(answer.description()).startsWith("unknown [hidden] xx").hasSize(300));
  }

  @Test
  void waitsForAnAnswerLongerThanAProviderMayHoldIt() {
    assertThat(CibaTimeouts.defaults().tokenRead()).isGreaterThan(Duration.ofSeconds(30));
    assertThat(CibaTimeouts.defaults().tokenCall())
        .isGreaterThan(CibaTimeouts.defaults().tokenRead());
  }

  private TokenAnswer poll() {
    return provider.client().token(AUTH_REQ_ID);
  }
}
