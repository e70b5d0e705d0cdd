package dev.countersign.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretBasic;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretPost;
import dev.countersign.ciba.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.ciba.client.ClientAuthentication.TlsClientAuth;
import dev.countersign.ciba.client.ClientSecret;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.ciba.provider.Discovery;
import dev.countersign.ciba.provider.ProviderMetadata;
import dev.countersign.keycloak.Agent.Asked;
import java.time.Duration;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way in which a client can prove itself to Keycloak, at both endpoints. */
@WithKeycloak
class ClientAuthenticationKeycloakIT {
  private static final ClientAuthentication BY_CERTIFICATE = new TlsClientAuth("agent-mtls");

  private final Keycloak keycloak;

  ClientAuthenticationKeycloakIT(Keycloak keycloak) {
    this.keycloak = keycloak;
  }

  @Test
  void provesItselfBySecretInTheHeader() {
    assertGrants(
        Agent.with(keycloak, new ClientSecretBasic("agent", new ClientSecret("agent-secret"))),
        "Basic");
  }

  @Test
  void provesItselfBySecretInTheForm() {
    assertGrants(
        Agent.with(keycloak, new ClientSecretPost("agent", new ClientSecret("agent-secret"))),
        "Post");
  }

  @ParameterizedTest
  @EnumSource
  void provesItselfByAnAssertionForEachRequest(SigningAlgorithm algorithm) {
    Agent agent =
        Agent.with(keycloak, new PrivateKeyJwt("agent-jwt", keycloak.clientKeys().key(algorithm)));

    assertGrants(agent, "Assertion_" + algorithm);
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedWhenAnotherKeyHasSigned(SigningAlgorithm algorithm) {
    assertRefused(
        Agent.with(keycloak, new PrivateKeyJwt("agent-jwt", ClientKeys.strangeKey(algorithm))));
  }

  @Test
  void provesItselfByItsCertificateAtTheAliasEndpoints() {
    HeldCertificate certificate = keycloak.certificates().client("agent-mtls");
    OkHttpClient http = keycloak.certificates().http(certificate);
    ProviderMetadata metadata =
        new Discovery(http, keycloak.tlsIssuer(), Agent.clock(keycloak.tlsIssuer()))
            .discover(Duration.ofSeconds(10));
    assertThat(Objects.requireNonNull(metadata.mtlsBackchannelEndpoint()).toString())
        .startsWith(keycloak.tlsIssuer());
    assertThat(Objects.requireNonNull(metadata.mtlsTokenEndpoint()).toString())
        .startsWith(keycloak.tlsIssuer());

    assertGrants(
        Agent.with(http, metadata.forClientCertificate(), BY_CERTIFICATE, null), "Certificate");
  }

  @Test
  void isRefusedWithAnotherSubject() {
    assertRefused(byCertificate(keycloak.certificates().client("another")));
  }

  @Test
  void isRefusedWithoutACertificate() {
    assertRefused(byCertificate(null));
  }

  @Test
  void isRefusedWithACertificateOfAnotherAuthority() {
    Agent agent = byCertificate(KeycloakCertificates.strangeClient("agent-mtls"));

    assertThat(agent.client().authenticate(Agent.request("Not_by_this_authority")))
        .isInstanceOf(AuthenticationAnswer.NotSent.class);
    assertThat(keycloak.phone().rings("Not_by_this_authority")).isZero();
  }

  /** Found without the certificate, so that a refused handshake is the request's. */
  private Agent byCertificate(@Nullable HeldCertificate certificate) {
    ProviderMetadata metadata =
        new Discovery(
                keycloak.certificates().http(null),
                keycloak.tlsIssuer(),
                Agent.clock(keycloak.tlsIssuer()))
            .discover(Duration.ofSeconds(10));
    return Agent.with(keycloak.certificates().http(certificate), metadata, BY_CERTIFICATE, null);
  }

  private void assertGrants(Agent agent, String message) {
    Asked asked = agent.ask(message);
    PhoneRequest rung = keycloak.phone().awaitRequest(message);
    assertThat(agent.poll(asked)).isEqualTo(new TokenAnswer.Pending());
    assertThat(keycloak.phone().decide(rung, Decision.SUCCEED)).isEqualTo(200);
    assertThat(agent.awaitDecision(asked)).isInstanceOf(TokenAnswer.Granted.class);
  }

  private static void assertRefused(Agent agent) {
    assertThat(agent.client().authenticate(Agent.request("Not_proven")))
        .isInstanceOfSatisfying(
            AuthenticationAnswer.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(401);
              assertThat(refused.error()).isEqualTo("invalid_client");
            });
  }
}
