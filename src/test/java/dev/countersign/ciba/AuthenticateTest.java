package dev.countersign.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ciba.AuthenticationAnswer.Accepted;
import dev.countersign.ciba.AuthenticationAnswer.Ambiguous;
import dev.countersign.ciba.AuthenticationAnswer.NoDevice;
import dev.countersign.ciba.AuthenticationAnswer.NotSent;
import dev.countersign.ciba.AuthenticationAnswer.Overloaded;
import dev.countersign.ciba.AuthenticationAnswer.Refused;
import dev.countersign.ciba.AuthenticationAnswer.Throttled;
import dev.countersign.ciba.ClientAuthentication.ClientSecretBasic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticateTest {
  private static final String ACCEPTED =
      "{\"auth_req_id\":\"XyVW8Z3HHmSX\",\"expires_in\":300,\"interval\":5}";

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Provider provider = new Provider(server);

  @Test
  void sendsWhatAuth0Documents() throws InterruptedException {
    provider.answers(200, ACCEPTED);

    authenticate(Provider.asked("product:buy", "[{\"type\":\"purchase\"}]"));

    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getRequestLine()).isEqualTo("POST /bc-authorize HTTP/1.1");
    assertThat(sent.getHeaders().get("Content-Type"))
        .startsWith("application/x-www-form-urlencoded");
    assertThat(sent.getHeaders().get("Authorization")).isNull();
    assertThat(Provider.form(sent))
        .isEqualTo(
            Map.of(
                "client_id", "agent",
                "client_secret", "s3cr&t +ü",
                "login_hint", "alice",
                "scope", "openid product:buy",
                "binding_message", "Do you want to buy 2 headphones",
                "audience", "sample-shop-api",
                "requested_expiry", "300",
                "authorization_details", "[{\"type\":\"purchase\"}]"));
  }

  @Test
  void sendsPlainHintBasicHeaderAndNothingThatIsNull() throws InterruptedException {
    provider.answers(200, ACCEPTED);
    var basic = new ClientSecretBasic("agent:1", new ClientSecret("s3cr&t +ü"));
    AuthenticationRequest asked = Provider.ASKED;

    provider
        .client(basic)
        .authenticate(
            new AuthenticationRequest(
                asked.hint(),
                asked.user(),
                asked.bindingMessage(),
                asked.scopes(),
                null,
                null,
                asked.requestedExpiry(),
                List.of(),
                null,
                null));

    RecordedRequest sent = server.takeRequest();
    // RFC 6749 2.3.1: id and secret are form-encoded before Base64: agent%3A1:s3cr%26t+%2B%C3%BC
    assertThat(sent.getHeaders().get("Authorization"))
        .isEqualTo("Basic YWdlbnQlM0ExOnMzY3IlMjZ0KyUyQiVDMyVCQw==");
    assertThat(Provider.form(sent))
        .containsOnlyKeys("login_hint", "scope", "binding_message", "requested_expiry")
        .containsEntry("login_hint", "alice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"auth_req_id":"a","expires_in":300,"interval":5}      | PT5M  | PT5S
          {"auth_req_id":"a","expires_in":120,"interval":2,"x":1}| PT2M  | PT2S
          {"auth_req_id":"a","expires_in":300}                   | PT5M  | PT5S
          {"auth_req_id":"a","expires_in":300,"interval":null}   | PT5M  | PT5S
          {"auth_req_id":"a","expires_in":300,"interval":0}      | PT5M  | PT5S
          {"auth_req_id":"a","expires_in":300,"interval":-1}     | PT5M  | PT5S
          {"auth_req_id":"a","expires_in":300,"interval":0.2}    | PT5M  | PT1S
          {"auth_req_id":"a","expires_in":"300","interval":"7"}  | PT5M  | PT7S
          {"auth_req_id":"a","expires_in":300,"interval":1e300}  | PT5M  | PT5M
          {"auth_req_id":"a","expires_in":3}                     | PT3S  | PT3S
          """)
  void acceptedWithExpiryAndInterval(String body, Duration expiresIn, Duration interval) {
    provider.answers(200, body);

    assertThat(authenticate()).isEqualTo(new Accepted(new AuthReqId("a"), expiresIn, interval));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          200 | {"expires_in":300,"interval":5}
          200 | {"auth_req_id":"","expires_in":300}
          200 | {"auth_req_id":"secret"}
          200 | {"auth_req_id":"secret","expires_in":0}
          200 | {"auth_req_id":"secret","expires_in":300
          200 | [1]
          200 | <html>Welcome</html>
          200 | ``
          204 | ``
          408 | ``
          500 | {"error":"server_error"}
          502 | <html>Bad gateway</html>
          504 | ``
          """)
  void ambiguousWhenTheAnswerIsNotDefinite(int status, String body) {
    provider.answers(status, body);

    assertThat(authenticate())
        .isInstanceOfSatisfying(
            Ambiguous.class,
            ambiguous ->
                assertThat(ambiguous.reason())
                    .contains(Integer.toString(status))
                    .doesNotContain("secret"));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void ambiguousWhenTheAcceptanceIsTooLongToRead() {
    provider.answers(200, "{\"auth_req_id\":\"" + "a".repeat(1 << 20) + "\",\"expires_in\":300}");

    assertThat(authenticate()).isInstanceOf(Ambiguous.class);
  }

  @Test
  void ambiguousWhenTheAnswerIsLost() {
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());

    assertThat(authenticate()).isInstanceOf(Ambiguous.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void ambiguousWhenTheAnswerIsLate() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());

    assertThat(provider.hastyClient().authenticate(Provider.ASKED)).isInstanceOf(Ambiguous.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void ambiguousWhenTheAcceptanceBreaksOff() {
    server.enqueue(
        Provider.json(200, ACCEPTED).onResponseBody(new SocketEffect.CloseSocket()).build());

    assertThat(authenticate()).isInstanceOf(Ambiguous.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void notSentWhenTheProviderIsDown() {
    BackchannelClient client = provider.client();
    server.close();

    assertThat(client.authenticate(Provider.ASKED)).isInstanceOf(NotSent.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After,0,PT0S",
    "Retry-After,17,PT17S",
    "'Retry-After','Tue, 24 Nov 2026 12:00:30 GMT',PT30S",
    "x-ratelimit-reset,1795521660,PT1M",
    "X-Other,1,"
  })
  void throttledAndOverloadedWithTheTimeToWait(
      String header, String value, @Nullable Duration retryAfter) {
    server.enqueue(Provider.json(429, "{}").addHeader(header, value).build());
    server.enqueue(Provider.json(503, "{}").addHeader(header, value).build());

    assertThat(authenticate()).isEqualTo(new Throttled(retryAfter));
    assertThat(authenticate()).isEqualTo(new Overloaded(retryAfter));
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User does not have push notifications enabled",
        "The user is not enrolled in MFA",
        "user has no device",
        "No notification channel is available for this user",
        "Guardian is not set up"
      })
  void noDeviceWhenAnInvalidRequestSaysSo(String description) {
    provider.answers(400, error("invalid_request", description));

    assertThat(authenticate()).isEqualTo(new NoDevice(description));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | invalid_request         | openid scope must be requested
          400 | invalid_request         | push token delivery mode is not supported
          400 | invalid_request         | invalid_user
          400 | unknown_user_id         | User ID is malformed or unknown
          400 | invalid_binding_message | no push with such a message
          400 | invalid_scope           | not assigned
          401 | invalid_client          | wrong secret
          403 | access_denied           | refused before the user was asked
          403 | unauthorized_client     | grant not enabled
          """)
  void refusedWithTheProvidersErrorAndWords(int status, String error, String description) {
    provider.answers(status, error(error, description));

    assertThat(authenticate()).isEqualTo(new Refused(status, error, description));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 400, 404, 405, 418})
  void refusedByStatusWhenThereIsNoOAuthError(int status) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Location", "/elsewhere")
            .body("<html>push</html>")
            .build());

    assertThat(authenticate()).isEqualTo(new Refused(status, "http_" + status, null));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void refusedWordsAreCleanedCappedAndWithoutTheSecret() {
    provider.answers(400, error("invalid_scope", "bad\\n\\u0007 s3cr&t +ü " + "x".repeat(1_000)));

    assertThat(authenticate())
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.description()).startsWith("bad [hidden] xxx").hasSize(300));
  }

  @Test
  void secretsHideThemselves() {
    assertThat(Provider.POST.toString() + new AuthReqId("a1b2"))
        .doesNotContain("s3cr", "a1b2")
        .contains("agent");
  }

  private AuthenticationAnswer authenticate() {
    return authenticate(Provider.ASKED);
  }

  private AuthenticationAnswer authenticate(AuthenticationRequest asked) {
    return provider.client().authenticate(asked);
  }

  private static String error(String error, String description) {
    return "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description);
  }
}
