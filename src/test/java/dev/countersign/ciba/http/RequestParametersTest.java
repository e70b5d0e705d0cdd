package dev.countersign.ciba.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer.Refused;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.ClientNotificationToken;
import dev.countersign.ciba.ExpectedUser;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.UserCode;
import dev.countersign.ciba.UserHint;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretBasic;
import dev.countersign.ciba.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.ciba.client.ClientSecret;
import dev.countersign.ciba.client.ClientSettings;
import dev.countersign.ciba.client.RequestSigning;
import dev.countersign.ciba.client.ResourceParameter;
import dev.countersign.ciba.key.Keys;
import dev.countersign.ciba.key.SigningAlgorithm;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request says, as form fields and as a signed request object. */
class RequestParametersTest {
  private static final String DETAILS =
      "[{\"type\":\"purchase\",\"qty\":2,\"priceLimit\":299.90,\"items\":[\"headphones\"]}]";
  private static final AuthenticationRequest FULL =
      new AuthenticationRequest(
          new UserHint.LoginHint("alice"),
          new ExpectedUser("sub", "auth0|alice"),
          "Buy 2 \"Kopfhörer\" & more",
          List.of("openid", "product:buy"),
          "https://shop.example.com",
          DETAILS,
          Duration.ofMinutes(2),
          List.of("urn:mace:incommon:iap:silver", "phr"),
          new UserCode("4711"),
          new ClientNotificationToken("n0tify-me"));
  private static final Keys KEYS = Keys.rsa("k1");

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Provider provider = new Provider(server);

  @Test
  void everyParameterIsAFormField() throws InterruptedException {
    assertThat(sent(FULL, settings(ResourceParameter.AUDIENCE, null)))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("client_id", "agent"),
                Map.entry("client_secret", "s3cr&t +ü"),
                Map.entry("scope", "openid product:buy"),
                Map.entry("login_hint", "alice"),
                Map.entry("binding_message", "Buy 2 \"Kopfhörer\" & more"),
                Map.entry("requested_expiry", "120"),
                Map.entry("acr_values", "urn:mace:incommon:iap:silver phr"),
                Map.entry("user_code", "4711"),
                Map.entry("client_notification_token", "n0tify-me"),
                Map.entry("audience", "https://shop.example.com"),
                Map.entry("authorization_details", DETAILS)));
  }

  static Stream<Arguments> hints() {
    return Stream.of(
        Arguments.of(new UserHint.LoginHint("h1"), "login_hint"),
        Arguments.of(new UserHint.IdTokenHint("h1"), "id_token_hint"),
        Arguments.of(new UserHint.LoginHintToken("h1"), "login_hint_token"));
  }

  @ParameterizedTest
  @MethodSource("hints")
  void exactlyOneHintIsSent(UserHint hint, String name) throws InterruptedException {
    Map<String, String> form = sent(asked(hint, null), settings(ResourceParameter.AUDIENCE, null));

    assertThat(form).containsEntry(name, "h1");
    assertThat(form.keySet()).filteredOn(field -> field.contains("hint")).containsExactly(name);
  }

  @Test
  void apiIsNamedByTheParameterThatTheProviderKnows() throws InterruptedException {
    assertThat(sent(FULL, settings(ResourceParameter.RESOURCE, null)))
        .containsEntry("resource", "https://shop.example.com")
        .doesNotContainKey("audience");
    assertThat(sent(FULL, settings(ResourceParameter.NONE, null)))
        .doesNotContainKeys("audience", "resource");
  }

  @ParameterizedTest
  @EnumSource
  void everyParameterIsInTheSignedRequestAndNoneBesideIt(SigningAlgorithm algorithm)
      throws InterruptedException, ParseException {
    Keys keys = Keys.fitting(algorithm, "k9");
    RequestSigning signing = new RequestSigning(keys.signing(algorithm), Duration.ofMinutes(5));

    Map<String, String> form = sent(FULL, settings(ResourceParameter.RESOURCE, signing));

    assertThat(form).containsOnlyKeys("request", "client_id", "client_secret");
    String request = form.getOrDefault("request", "");
    JWTClaimsSet claims = keys.verified(request, algorithm);
    assertThat(claims.getClaims())
        .containsOnlyKeys(
            "iss",
            "aud",
            "iat",
            "nbf",
            "exp",
            "jti",
            "scope",
            "login_hint",
            "binding_message",
            "requested_expiry",
            "acr_values",
            "user_code",
            "client_notification_token",
            "resource",
            "authorization_details")
        .containsEntry("iss", "agent")
        .containsEntry("iat", Date.from(Provider.NOW.minusSeconds(10)))
        .containsEntry("nbf", Date.from(Provider.NOW.minusSeconds(10)))
        .containsEntry("exp", Date.from(Provider.NOW.plusSeconds(290)))
        .containsEntry("scope", "openid product:buy")
        .containsEntry("login_hint", "alice")
        .containsEntry("binding_message", "Buy 2 \"Kopfhörer\" & more")
        .containsEntry("requested_expiry", 120L)
        .containsEntry("acr_values", "urn:mace:incommon:iap:silver phr")
        .containsEntry("user_code", "4711")
        .containsEntry("client_notification_token", "n0tify-me")
        .containsEntry("resource", "https://shop.example.com")
        .containsEntry(
            "authorization_details",
            List.of(
                Map.of(
                    "type",
                    "purchase",
                    "qty",
                    2L,
                    "priceLimit",
                    299.9,
                    "items",
                    List.of("headphones"))));
    SignedJWT jwt = SignedJWT.parse(request);
    assertThat(jwt.getHeader().getKeyID()).isEqualTo("k9");
    assertThat(jwt.getPayload().toJSONObject())
        .as("one text, not a list")
        .containsEntry("aud", "https://tenant.example.com/");
    assertThat(jwt.getPayload().toString())
        .as("numbers and order as they were asked for")
        .contains("\"authorization_details\":" + DETAILS);
  }

  @Test
  void everySignedRequestHasAnIdOfItsOwn() throws InterruptedException {
    ClientSettings settings = settings(ResourceParameter.AUDIENCE, signing(Duration.ofMinutes(5)));

    String first = requestId(sent(FULL, settings));
    String second = requestId(sent(FULL, settings));

    assertThat(first).hasSizeGreaterThanOrEqualTo(22).isNotEqualTo(second);
  }

  @Test
  void signedRequestHasNothingThatWasNotAsked() throws InterruptedException {
    Map<String, String> form =
        sent(
            asked(new UserHint.LoginHint("alice"), null),
            settings(ResourceParameter.AUDIENCE, signing(Duration.ofMinutes(5))));

    assertThat(KEYS.verified(form.getOrDefault("request", ""), SigningAlgorithm.PS256).getClaims())
        .containsOnlyKeys(
            "iss",
            "aud",
            "iat",
            "nbf",
            "exp",
            "jti",
            "scope",
            "login_hint",
            "binding_message",
            "requested_expiry");
  }

  @Test
  void onlyTheAssertionIsBesideTheSignedRequestOfAClientWithAKey() throws InterruptedException {
    ClientSettings settings =
        new ClientSettings(
            new PrivateKeyJwt("agent", KEYS.signing(SigningAlgorithm.PS256)),
            ResourceParameter.AUDIENCE,
            signing(Duration.ofMinutes(5)),
            SigningAlgorithm.PS256,
            null);

    assertThat(sent(FULL, settings))
        .containsOnlyKeys("request", "client_id", "client_assertion", "client_assertion_type");
  }

  @ParameterizedTest
  @CsvSource({"RESOURCE, true", "AUDIENCE, false", "NONE, false"})
  void apiIsNamedToTheTokenEndpointAsAResource(ResourceParameter parameter, boolean named)
      throws InterruptedException {
    for (RequestSigning signing : Arrays.asList(null, signing(Duration.ofMinutes(5)))) {
      provider.answers(400, "{\"error\":\"authorization_pending\"}");

      provider
          .client(settings(parameter, signing))
          .token(new AuthReqId("a1"), "https://shop.example.com");

      Map<String, String> form = Provider.form(server.takeRequest());
      assertThat(form)
          .containsEntry("auth_req_id", "a1")
          .containsEntry("grant_type", "urn:openid:params:grant-type:ciba")
          .doesNotContainKeys("audience", "scope");
      assertThat(form.get("resource")).isEqualTo(named ? "https://shop.example.com" : null);
    }
  }

  @Test
  void noApiIsNamedToTheTokenEndpointWhereNoneWasAskedFor() throws InterruptedException {
    provider.answers(400, "{\"error\":\"authorization_pending\"}");

    provider.client(settings(ResourceParameter.RESOURCE, null)).token(new AuthReqId("a1"));

    assertThat(Provider.form(server.takeRequest())).doesNotContainKey("resource");
  }

  @Test
  void pollsAreNotSigned() throws InterruptedException {
    provider.answers(400, "{\"error\":\"authorization_pending\"}");

    provider
        .client(settings(ResourceParameter.AUDIENCE, signing(Duration.ofMinutes(5))))
        .token(new AuthReqId("a1"));

    assertThat(Provider.form(server.takeRequest()))
        .containsOnlyKeys("grant_type", "auth_req_id", "client_id", "client_secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          invalid_request        | Client requested algorithm not registered in advance
          invalid_request_object | unexpected alg
          """)
  void refusalForTheAlgorithmSaysWhatToRegister(String error, String words) {
    provider.answers(
        400, "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, words));

    assertThat(
            provider
                .client(settings(ResourceParameter.AUDIENCE, signing(Duration.ofMinutes(5))))
                .authenticate(FULL))
        .isEqualTo(
            new Refused(
                400,
                error,
                words
                    + ". Requests are signed with PS256: register that for the client agent at the"
                    + " provider as backchannel_authentication_request_signing_alg, in Keycloak as"
                    + " its attribute ciba.backchannel.auth.request.signing.alg"));
  }

  @Test
  void refusalOfAnUnsignedRequestIsThatOfTheProviderAlone() {
    provider.answers(
        400, "{\"error\":\"invalid_request\",\"error_description\":\"no such algorithm\"}");

    assertThat(provider.client(settings(ResourceParameter.AUDIENCE, null)).authenticate(FULL))
        .isEqualTo(new Refused(400, "invalid_request", "no such algorithm"));
  }

  @Test
  void signedRequestLivesFromASecondToAnHour() {
    assertThat(signing(Duration.ofSeconds(1)).lifetime()).isEqualTo(Duration.ofSeconds(1));
    assertThat(signing(Duration.ofMinutes(60)).lifetime()).isEqualTo(Duration.ofMinutes(60));
    for (Duration wrong :
        List.of(
            Duration.ofMinutes(-1),
            Duration.ZERO,
            Duration.ofMillis(999),
            Duration.ofMinutes(60).plusMillis(1))) {
      assertThatThrownBy(() -> signing(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 s to 60 minutes");
    }
  }

  static Stream<UserHint> secretHints() {
    return Stream.of(
        new UserHint.IdTokenHint("h1nt.tok.en"), new UserHint.LoginHintToken("h1nt.tok.en"));
  }

  @ParameterizedTest
  @MethodSource("secretHints")
  void wordsOfTheProviderRepeatNoSecret(UserHint hint) throws InterruptedException {
    AuthenticationRequest asked =
        new AuthenticationRequest(
            hint,
            FULL.user(),
            FULL.bindingMessage(),
            FULL.scopes(),
            FULL.audience(),
            null,
            FULL.requestedExpiry(),
            List.of(),
            FULL.userCode(),
            FULL.notificationToken());
    provider.answers(
        400,
        "{\"error\":\"invalid_request\",\"error_description\":"
            + "\"no h1nt.tok.en, 4711, n0tify-me, s3cr&t +ü\"}");

    assertThat(
            provider
                .client(settings(ResourceParameter.AUDIENCE, signing(Duration.ofMinutes(5))))
                .authenticate(asked))
        .isEqualTo(
            new Refused(400, "invalid_request", "no [hidden], [hidden], [hidden], [hidden]"));
  }

  @Test
  void errorCodesOfTheProviderRepeatNoSecret() {
    BackchannelClient client =
        provider.client(new ClientSecretBasic("agent", new ClientSecret("v3ry_s3cr3t_indeed")));

    provider.answers(400, "{\"error\":\"bad_v3ry_s3cr3t_ind\"}");
    assertThat(client.authenticate(FULL)).isEqualTo(new Refused(400, "bad_[hidden]", null));

    provider.answers(400, "{\"error\":\"bad_v3ry_s3cr3t_indeed_or_a1b2c3\"}");
    assertThat(client.token(new AuthReqId("a1b2c3")))
        .isEqualTo(new TokenAnswer.Refused(400, "bad_[hidden]_or_[hidden]", null));
  }

  @Test
  void wordsOfTheProviderRepeatNothingThatIsSigned() throws InterruptedException {
    server.setDispatcher(new Echo());
    ClientSettings settings =
        new ClientSettings(
            new PrivateKeyJwt("agent", Keys.ec("k1").signing(SigningAlgorithm.ES256)),
            ResourceParameter.AUDIENCE,
            new RequestSigning(
                Keys.ec("k2").signing(SigningAlgorithm.ES256), Duration.ofMinutes(5)),
            SigningAlgorithm.RS256,
            null);
    BackchannelClient client = provider.client(settings);

    assertThat(client.authenticate(asked(new UserHint.LoginHint("alice"), null)))
        .isEqualTo(new Refused(400, "invalid_request", "request=[hidden]"));
    assertThat(client.token(new AuthReqId("a1b2c3")))
        .isEqualTo(new TokenAnswer.Refused(400, "invalid_request", "client_assertion=[hidden]"));
  }

  private static RequestSigning signing(Duration lifetime) {
    return new RequestSigning(KEYS.signing(SigningAlgorithm.PS256), lifetime);
  }

  private static ClientSettings settings(
      ResourceParameter resourceParameter, @Nullable RequestSigning signing) {
    return new ClientSettings(
        Provider.POST, resourceParameter, signing, SigningAlgorithm.RS256, null);
  }

  private static AuthenticationRequest asked(UserHint hint, @Nullable String audience) {
    return new AuthenticationRequest(
        hint,
        FULL.user(),
        FULL.bindingMessage(),
        FULL.scopes(),
        audience,
        null,
        FULL.requestedExpiry(),
        List.of(),
        null,
        null);
  }

  private Map<String, String> sent(AuthenticationRequest asked, ClientSettings settings)
      throws InterruptedException {
    provider.answers(200, "{\"auth_req_id\":\"a\",\"expires_in\":120}");
    provider.client(settings).authenticate(asked);
    RecordedRequest sent = server.takeRequest();
    return Provider.form(sent);
  }

  private static String requestId(Map<String, String> form) {
    return KEYS.verified(form.getOrDefault("request", ""), SigningAlgorithm.PS256).getJWTID();
  }
}
