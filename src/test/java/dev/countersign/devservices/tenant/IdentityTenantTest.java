package dev.countersign.devservices.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.devservices.loopback.Http;
import dev.countersign.devservices.loopback.Http.Answer;
import dev.countersign.devservices.loopback.MutableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import tools.jackson.databind.JsonNode;

class IdentityTenantTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private final MutableClock clock = new MutableClock();
  private final Http http = new Http();
  @TempDir Path directory;
  private IdentityTenant tenant;

  @BeforeEach
  void start() {
    tenant = IdentityTenant.start(TenantSettings.on(0, directory).withClock(clock));
  }

  @AfterEach
  void stop() {
    http.close();
    tenant.close();
  }

  @Test
  void discoveryNamesAuth0sEndpoints() throws IOException {
    JsonNode metadata = http.get(tenant.issuer() + ".well-known/openid-configuration").json();
    assertThat(tenant.issuer()).isEqualTo("http://localhost:" + tenant.port() + "/");
    assertThat(metadata.at("/issuer").asString()).isEqualTo(tenant.issuer());
    assertThat(metadata.at("/token_endpoint").asString()).isEqualTo(url("oauth/token"));
    assertThat(metadata.at("/authorization_endpoint").asString()).isEqualTo(url("authorize"));
    assertThat(metadata.at("/userinfo_endpoint").asString()).isEqualTo(url("userinfo"));
    assertThat(metadata.at("/jwks_uri").asString()).isEqualTo(url(".well-known/jwks.json"));
    assertThat(metadata.at("/backchannel_authentication_endpoint").asString())
        .isEqualTo(url("bc-authorize"));
    assertThat(metadata.at("/backchannel_token_delivery_modes_supported").toString())
        .isEqualTo("[\"poll\"]");
  }

  @Test
  void tokensWhenApprovedOnThePhone() throws IOException, ParseException {
    Answer asked =
        ask(
            Map.of(
                "audience", "sample-shop-api",
                "authorization_details", "[{\"type\":\"purchase\",\"qty\":2}]"));
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.json().at("/expires_in").asInt()).isEqualTo(300);
    assertThat(asked.json().at("/interval").asInt()).isEqualTo(5);
    clock.advance(INTERVAL);
    assertThat(error(poll(asked), 400)).isEqualTo("authorization_pending");

    JsonNode shown = http.get(url("phone/requests?user=alice")).json().get(0);
    assertThat(shown.at("/status").asString()).isEqualTo("pending");
    assertThat(shown.at("/bindingMessage").asString()).isEqualTo("Do you want to buy 2 headphones");
    assertThat(shown.at("/authorizationDetails/0/qty").asInt()).isEqualTo(2);
    assertThat(shown.at("/id").asString()).isNotEqualTo(asked.json().at("/auth_req_id").asString());
    String approve = url("phone/requests/" + shown.at("/id").asString() + "/approve");
    assertThat(http.form(approve, Map.of()).status()).isEqualTo(204);
    assertThat(http.form(approve, Map.of()).status()).isEqualTo(409);

    clock.advance(INTERVAL);
    Answer granted = poll(asked);
    assertThat(granted.status()).isEqualTo(200);
    assertThat(granted.header("Cache-Control")).contains("no-store");
    JsonNode tokens = granted.json();
    assertThat(tokens.at("/token_type").asString()).isEqualTo("Bearer");
    assertThat(tokens.at("/scope").asString()).isEqualTo("openid product:buy");
    assertThat(tokens.at("/expires_in").asInt()).isBetween(86_300, 86_400);
    assertThat(tokens.at("/authorization_details/0/qty").asInt()).isEqualTo(2);
    var access = SignedJWT.parse(tokens.at("/access_token").asString()).getJWTClaimsSet();
    assertThat(access.getIssuer()).isEqualTo(tenant.issuer());
    assertThat(access.getSubject()).isEqualTo("auth0|alice");
    assertThat(access.getAudience()).containsExactly("sample-shop-api");
    assertThat(access.getStringClaim("scope")).isEqualTo("openid product:buy");
    var id = SignedJWT.parse(tokens.at("/id_token").asString()).getJWTClaimsSet();
    assertThat(id.getAudience()).containsExactly("countersign-page");
    assertThat(id.getSubject()).isEqualTo("auth0|alice");
    assertThat(id.getStringClaim("email")).isEqualTo("alice@example.com");
    clock.advance(INTERVAL);
    assertThat(error(poll(asked), 400)).isEqualTo("invalid_grant");
  }

  @Test
  void formsAreReadAsUtf8() throws IOException {
    Answer asked =
        ask(Map.of("authorization_details", "[{\"type\":\"purchase\",\"product\":\"café 珈琲 ☕\"}]"));
    clock.advance(INTERVAL);
    JsonNode shown = http.get(url("phone/requests?user=alice")).json().get(0);
    assertThat(shown.at("/authorizationDetails/0/product").asString()).isEqualTo("café 珈琲 ☕");
    tenant.approve(shown.at("/id").asString());
    assertThat(poll(asked).json().at("/authorization_details/0/product").asString())
        .isEqualTo("café 珈琲 ☕");
  }

  @Test
  void asksByEmailWhenTheRequestLivesLongerThanAPush() throws IOException {
    String carol = "auth0|carol";
    assertThat(error(ask(Map.of("login_hint", carol, "requested_expiry", "300")), 400))
        .isEqualTo("invalid_request");

    Answer asked = ask(Map.of("login_hint", carol, "requested_expiry", "301"));

    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.json().at("/expires_in").asInt()).isEqualTo(301);
    assertThat(tenant.pushes("carol")).hasSize(1);
  }

  @Test
  void accessDeniedWhenDeniedOrExpired() throws IOException {
    Answer denied = ask(Map.of());
    String id = tenant.pushes("alice").getFirst().id();
    assertThat(http.form(url("phone/requests/" + id + "/deny"), Map.of()).status()).isEqualTo(204);
    Answer expired = ask(Map.of("requested_expiry", "10"));
    clock.advance(Duration.ofSeconds(10));
    assertThat(error(poll(denied), 400)).isEqualTo("access_denied");
    assertThat(error(poll(expired), 400)).isEqualTo("access_denied");
    assertThat(
            http.get(url("phone/requests?user=auth0%7Calice")).json().findValuesAsString("status"))
        .containsExactly("expired", "denied");
  }

  @Test
  void slowDownWith429WhenPolledTooEarly() throws IOException {
    Answer asked = ask(Map.of());
    Answer early = poll(asked);
    assertThat(error(early, 429)).isEqualTo("slow_down");
    assertThat(early.header("Retry-After")).isEqualTo("10");
    assertThat(early.json().at("/interval").asInt()).isEqualTo(10);
    assertThat(http.get(url("dev/polls")).json().at("/0/polls/0/answer").asString())
        .isEqualTo("SlowDown");
  }

  @ParameterizedTest
  @CsvSource({
    "login_hint, auth0|nobody, unknown_user_id",
    "login_hint, auth0|carol, invalid_request",
    "login_hint, '{\"format\":\"iss_sub\",\"iss\":\"http://else/\",\"sub\":\"auth0|alice\"}', invalid_request",
    "login_hint, '{', invalid_request",
    "scope, product:buy, invalid_request",
    "binding_message, Buy it?, invalid_binding_message",
    "binding_message, '', invalid_request",
    "requested_expiry, 0, invalid_request",
    "requested_expiry, 259201, invalid_request",
    "requested_expiry, soon, invalid_request",
    "authorization_details, '{}', invalid_authorization_details"
  })
  void refusedWhenAParameterBreaksItsRule(String parameter, String value, String error)
      throws IOException {
    assertThat(error(ask(Map.of(parameter, value)), 400)).isEqualTo(error);
    assertThat(tenant.pushes("alice")).isEmpty();
  }

  @Test
  void clientIsAuthenticatedByBasicOrBodyOnly() throws IOException {
    Map<String, String> fields = new HashMap<>(fields(Map.of()));
    fields.remove("client_id");
    fields.remove("client_secret");
    assertThat(error(http.form(url("bc-authorize"), fields), 401)).isEqualTo("invalid_client");
    assertThat(
            http.form(url("bc-authorize"), fields, "Authorization", basic("countersign-dev-secret"))
                .status())
        .isEqualTo(200);
    assertThat(error(http.form(url("bc-authorize"), fields, "Authorization", basic("wrong")), 401))
        .isEqualTo("invalid_client");
    assertThat(error(ask(Map.of("client_secret", "wrong")), 401)).isEqualTo("invalid_client");
    assertThat(
            error(
                http.form(
                    url("oauth/token"),
                    Map.of(
                        "grant_type", "urn:openid:params:grant-type:ciba", "auth_req_id", "none"),
                    "Authorization",
                    basic("countersign-dev-secret")),
                400))
        .isEqualTo("invalid_grant");
  }

  @Test
  void requestsAndKeySurviveARestart() throws IOException {
    Answer asked = ask(Map.of("audience", "sample-shop-api"));
    String token = http.form(url("dev/token?user=alice"), Map.of()).body();
    int port = tenant.port();
    tenant.close();
    tenant = IdentityTenant.start(TenantSettings.on(port, directory).withClock(clock));

    assertThat(tenant.approve(tenant.pushes("alice").getFirst().id())).isTrue();
    clock.advance(INTERVAL);
    assertThat(poll(asked).status()).isEqualTo(200);
    var jwt = NimbusJwtDecoder.withIssuerLocation(tenant.issuer()).build().decode(token);
    assertThat(jwt.getSubject()).isEqualTo("auth0|alice");
    assertThat(jwt.getAudience()).containsExactly("countersign");
  }

  @Test
  void faultsStrikeOnceInTheirOrder() throws IOException {
    Answer asked = ask(Map.of());
    assertThat(
            http.json(
                    url("dev/faults"),
                    """
                    {"endpoint":"token","times":1,"fault":{"type":"answer","status":503,"body":"busy",
                     "headers":{"Retry-After":"7"}}}\
                    """)
                .status())
        .isEqualTo(204);
    tenant.faults().next("token", 1, new Fault.Reset());
    tenant.faults().next("token", 1, new Fault.LoseAnswer());
    tenant.approve(tenant.pushes("alice").getFirst().id());
    clock.advance(INTERVAL);

    Answer busy = poll(asked);
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.header("Retry-After")).isEqualTo("7");
    assertThatThrownBy(() -> poll(asked)).isInstanceOf(IOException.class);
    assertThat(tenant.polls().getFirst().polls()).isEmpty();
    assertThatThrownBy(() -> poll(asked)).isInstanceOf(IOException.class);
    assertThat(tenant.polls().getFirst().polls())
        .extracting(PollLog.Poll::answer)
        .containsExactly("Approved");
    assertThat(error(poll(asked), 400)).isEqualTo("invalid_grant");
    assertThat(
            http.json(
                    url("dev/faults"),
                    "{\"endpoint\":\"nowhere\",\"times\":1,\"fault\":{\"type\":\"reset\"}}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void namesPortAndSettingWhenThePortIsTaken() {
    assertThatThrownBy(() -> IdentityTenant.start(TenantSettings.on(tenant.port(), null)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Port " + tenant.port() + " of the identity tenant is taken")
        .hasMessageContaining("TENANT_PORT");
  }

  @Test
  void unknownUserHasNoPhone() throws IOException {
    assertThat(http.get(url("phone/requests?user=nobody")).status()).isEqualTo(404);
    assertThat(http.form(url("phone/requests/none/approve"), Map.of()).status()).isEqualTo(404);
  }

  private Answer ask(Map<String, String> changes) throws IOException {
    return http.form(url("bc-authorize"), fields(changes));
  }

  private Map<String, String> fields(Map<String, String> changes) {
    Map<String, String> fields = new HashMap<>();
    fields.put("client_id", tenant.clientId());
    fields.put("client_secret", tenant.clientSecret());
    fields.put("scope", "openid product:buy");
    fields.put("binding_message", "Do you want to buy 2 headphones");
    fields.put(
        "login_hint",
        "{\"format\":\"iss_sub\",\"iss\":\"" + tenant.issuer() + "\",\"sub\":\"auth0|alice\"}");
    fields.putAll(changes);
    return fields;
  }

  private Answer poll(Answer asked) throws IOException {
    return http.form(
        url("oauth/token"),
        Map.of(
            "grant_type", "urn:openid:params:grant-type:ciba",
            "auth_req_id", asked.json().at("/auth_req_id").asString(),
            "client_id", tenant.clientId(),
            "client_secret", tenant.clientSecret()));
  }

  private static String error(Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return answer.json().at("/error").asString();
  }

  private static String basic(String secret) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString(("countersign-page:" + secret).getBytes(StandardCharsets.UTF_8));
  }

  private String url(String path) {
    return tenant.issuer() + path;
  }
}
