package dev.countersign.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.autoconfigure.CibaProfile;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.ClientNotificationToken;
import dev.countersign.ciba.ExpectedUser;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.ciba.client.ClientAuthentication.TlsClientAuth;
import dev.countersign.ciba.client.ClientAuthenticationMethod;
import dev.countersign.ciba.client.RequestSigning;
import dev.countersign.ciba.client.ResourceParameter;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.ciba.key.SigningKey;
import dev.countersign.ciba.provider.Discovery;
import dev.countersign.ciba.provider.ProviderMetadata;
import dev.countersign.keycloak.Agent.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What {@code docs/ciba.md} says to register at Keycloak is enough: a new realm gets exactly that,
 * block by block, with no more than this test's own addresses and keys put in.
 */
@WithKeycloak
class RegistrationKeycloakIT {
  private static final Path PAGE = Path.of("docs/ciba.md");
  private static final Pattern SECTION = Pattern.compile("(?s)\\n### Keycloak\\n(.*?)\\n##+ ");
  private static final Pattern BLOCK = Pattern.compile("(?s)```json\\n(.*?)```");
  private static final String REALM = "acme";
  private static final String SHOP = "https://shop.example.com/api";

  /** Keycloak has no two users with one id, in whatever realm. */
  private static final String ALICE = "33333333-3333-4333-8333-333333333333";

  private static final String USERS =
      """
      {"realm": "%s", "enabled": true, "attributes": {"cibaInterval": "1"}, "users": [{
        "id": "%s", "username": "alice", "email": "alice@example.com", "emailVerified": true,
        "firstName": "Alice", "lastName": "Example", "enabled": true,
        "credentials": [{"type": "password", "value": "alice"}]}]}
      """
          .formatted(REALM, ALICE);
  private static final ClientNotificationToken NOTIFICATION =
      new ClientNotificationToken("a5c9.4Gd-0f_8~of+the=documentation");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Keycloak keycloak;

  RegistrationKeycloakIT(Keycloak keycloak) {
    this.keycloak = keycloak;
  }

  @Test
  void everythingWorksWithWhatTheDocumentationSaysToRegister() throws Exception {
    KeycloakAdmin admin = keycloak.admin();
    admin.createRealm(JSON.readTree(USERS));
    List<JsonNode> blocks = blocks();
    assertThat(blocks).hasSize(8);
    blocks.subList(0, 2).forEach(scope -> admin.create(REALM, "client-scopes", scope));
    blocks.subList(2, 4).forEach(client -> admin.create(REALM, "clients", client));
    JsonNode agent = blocks.get(2);
    JsonNode caller = blocks.get(3);

    assertLoginNamesTheUser(agent);
    assertCallersTokenIsForTheApi(caller);
    assertGrants(by(agentBySecret(agent)), "Documented_poll", null);

    admin.changeClient(REALM, "agent", blocks.get(4));
    Asked pinged = assertGrants(by(agentBySecret(agent)), "Documented_ping", NOTIFICATION);
    assertThat(keycloak.phone().awaitPing(pinged.authReqId().value()).authorization())
        .isEqualTo("Bearer " + NOTIFICATION.value());
    admin.changeClient(
        REALM,
        "agent",
        JSON.readTree("{\"attributes\": {\"ciba.backchannel.token.delivery.mode\": \"poll\"}}"));

    admin.changeClient(REALM, "agent", blocks.get(5));
    SigningKey key = keycloak.clientKeys().key(SigningAlgorithm.PS256);
    assertGrants(by(new PrivateKeyJwt("agent", key)), "Documented_key", null);
    admin.changeClient(REALM, "agent", blocks.get(6));
    assertGrants(
        Agent.with(
            new OkHttpClient(),
            keycloak.issuer(REALM),
            new PrivateKeyJwt("agent", key),
            new RequestSigning(key, Duration.ofMinutes(5))),
        "Documented_signature",
        null);

    admin.changeClient(REALM, "agent", blocks.get(7));
    assertGrants(byCertificate(), "Documented_certificate", null);
  }

  private void assertLoginNamesTheUser(JsonNode agent) throws ParseException {
    JWTClaimsSet idToken =
        login(agent, agent.path("redirectUris").path(0).asText(), "openid", "id_token");
    assertThat(idToken.getSubject()).isEqualTo(ALICE);
    assertThat(idToken.getStringClaim("preferred_username")).isEqualTo("alice");
  }

  private void assertCallersTokenIsForTheApi(JsonNode caller) throws ParseException {
    JWTClaimsSet token =
        login(caller, caller.path("redirectUris").path(0).asText(), "openid", "access_token");
    assertThat(token.getSubject()).isEqualTo(ALICE);
    assertThat(token.getAudience()).contains("countersign");
    assertThat(token.getStringClaim("preferred_username")).isEqualTo("alice");
  }

  private JWTClaimsSet login(JsonNode client, String callback, String scope, String token)
      throws ParseException {
    JsonNode tokens =
        KeycloakLogin.tokens(
            keycloak.issuer(REALM),
            new KeycloakLogin.Client(
                client.path("clientId").asText(), client.path("secret").asText(), callback, scope),
            "alice",
            "alice");
    return SignedJWT.parse(tokens.path(token).asText()).getJWTClaimsSet();
  }

  private static ClientAuthentication agentBySecret(JsonNode agent) {
    CibaProfile.Defaults defaults = CibaProfile.KEYCLOAK.defaults();
    assertThat(defaults.clientAuthentication())
        .isEqualTo(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    assertThat(defaults.resourceParameter()).isEqualTo(ResourceParameter.NONE);
    assertThat(defaults.loginHint()).isEqualTo("{preferred_username}");
    return Agent.basic(agent.path("clientId").asText(), agent.path("secret").asText());
  }

  private Agent by(ClientAuthentication authentication) {
    return Agent.with(new OkHttpClient(), keycloak.issuer(REALM), authentication, null);
  }

  private Agent byCertificate() {
    OkHttpClient http = keycloak.certificates().http(keycloak.certificates().client("agent"));
    ProviderMetadata metadata =
        new Discovery(http, keycloak.tlsIssuer(REALM), Agent.clock(keycloak.tlsIssuer(REALM)))
            .discover(Duration.ofSeconds(10));
    return Agent.with(http, metadata.forClientCertificate(), new TlsClientAuth("agent"), null);
  }

  private Asked assertGrants(
      Agent agent, String message, @Nullable ClientNotificationToken notificationToken)
      throws ParseException {
    long before = System.nanoTime();
    AuthenticationRequest plain = Agent.request("alice", message, notificationToken);
    AuthenticationRequest request =
        new AuthenticationRequest(
            plain.hint(),
            new ExpectedUser("sub", ALICE),
            plain.bindingMessage(),
            plain.scopes(),
            SHOP,
            null,
            plain.requestedExpiry(),
            List.of(),
            null,
            notificationToken);
    Asked asked = agent.ask(request);
    assertThat(keycloak.phone().decide(keycloak.phone().awaitRequest(message), Decision.SUCCEED))
        .isEqualTo(200);
    Tokens tokens = granted(agent.awaitDecision(asked));
    assertThat(
            agent
                .client()
                .check(
                    tokens,
                    request,
                    asked.authReqId(),
                    Duration.ofNanos(System.nanoTime() - before)))
        .isInstanceOf(GrantCheck.Valid.class);
    assertThat(SignedJWT.parse(tokens.accessToken()).getJWTClaimsSet().getAudience())
        .contains(SHOP);
    return asked;
  }

  private static Tokens granted(TokenAnswer answer) {
    return switch (answer) {
      case TokenAnswer.Granted(var tokens) -> tokens;
      case TokenAnswer other -> throw new AssertionError("Keycloak answered " + other);
    };
  }

  private List<JsonNode> blocks() throws IOException {
    var section = SECTION.matcher(Files.readString(PAGE));
    assertThat(section.find()).isTrue();
    return BLOCK
        .matcher(Objects.requireNonNull(section.group(1)))
        .results()
        .map(block -> json(block.group(1)))
        .toList();
  }

  private JsonNode json(String block) {
    try {
      JsonNode keys =
          JSON.readTree(keycloak.clientKeys().jwks().toPublicJWKSet().toString()).path("keys");
      keys.forEach(key -> ((ObjectNode) key).put("use", "sig"));
      String set = JSON.createObjectNode().set("keys", keys).toString();
      return JSON.readTree(
          block
              .replace(
                  "https://agent.example.com/ciba/notification", keycloak.phone().url() + "/ping")
              .replace("\"{\\\"keys\\\":[…]}\"", JSON.writeValueAsString(set)));
    } catch (JsonProcessingException e) {
      throw new AssertionError(block, e);
    }
  }
}
