package dev.countersign.ciba.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationAnswer.Accepted;
import dev.countersign.ciba.AuthenticationAnswer.Ambiguous;
import dev.countersign.ciba.AuthenticationAnswer.Refused;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretBasic;
import dev.countersign.ciba.client.ClientSecret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

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

  @Test
  void acceptedWithWhateverAuthReqIdThereIs() {
    String authReqId = " ä\uD83D\uDE00 &=+%\n" + "x".repeat(100_000);
    provider.answers(
        200, "{\"auth_req_id\":\"" + authReqId.replace("\n", "\\n") + "\",\"expires_in\":300}");

    assertThat(authenticate())
        .isEqualTo(
            new Accepted(new AuthReqId(authReqId), Duration.ofMinutes(5), Duration.ofSeconds(5)));
  }

  @Test
  void isWaitedForAWeekAtMost() {
    provider.answers(200, "{\"auth_req_id\":\"a\",\"expires_in\":1000000000000,\"interval\":5}");

    assertThat(authenticate())
        .isEqualTo(new Accepted(new AuthReqId("a"), Duration.ofDays(7), Duration.ofSeconds(5)));
  }

  @Test
  void ambiguousWithoutWhatCouldBeRead() {
    provider.answers(200, "{\"auth_req_id\":\"secret\",\"expires_in\":300");

    assertThat(authenticate())
        .isInstanceOfSatisfying(
            Ambiguous.class, ambiguous -> assertThat(ambiguous.reason()).doesNotContain("secret"));
  }

  @Test
  void refusedWithoutTheAuthReqIdThatCanNotBePolled() {
    provider.answers(200, "{\"auth_req_id\":\"secret\"}");

    assertThat(authenticate())
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.error()).isEqualTo(AuthenticationAnswer.INVALID_RESPONSE);
              assertThat(refused.description()).doesNotContain("secret");
            });
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
