package dev.countersign.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.ciba.client.RequestSigning;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.ciba.key.SigningKey;
import dev.countersign.keycloak.Agent.Asked;
import java.time.Duration;
import java.util.Locale;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signed authentication requests (CIBA Core 7.1.1), of a client that proves itself by a key. */
@WithKeycloak
class SignedRequestKeycloakIT {
  private final Keycloak keycloak;

  SignedRequestKeycloakIT(Keycloak keycloak) {
    this.keycloak = keycloak;
  }

  @ParameterizedTest
  @EnumSource(names = {"PS256", "ES256"})
  void asksByWhatIsInTheSignedRequestAlone(SigningAlgorithm algorithm) {
    String message = "Signed_by_" + algorithm;
    Agent agent = signing(algorithm, keycloak.clientKeys().key(algorithm));

    Asked asked = agent.ask(message);

    PhoneRequest rung = keycloak.phone().awaitRequest(message);
    assertThat(rung.text("login_hint")).isEqualTo("alice");
    assertThat(keycloak.phone().decide(rung, Decision.SUCCEED)).isEqualTo(200);
    assertThat(agent.awaitDecision(asked)).isInstanceOf(TokenAnswer.Granted.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"PS256", "ES256"})
  void isRefusedWhenAnotherKeyHasSigned(SigningAlgorithm algorithm) {
    Agent agent = signing(algorithm, ClientKeys.strangeKey(algorithm));

    assertThat(agent.client().authenticate(Agent.request("Forged")))
        .isInstanceOf(AuthenticationAnswer.Refused.class);
    assertThat(keycloak.phone().rings("Forged")).isZero();
  }

  @Test
  void isRefusedWhenSignedByAnotherAlgorithmThanAgreed() {
    SigningKey key = keycloak.clientKeys().key(SigningAlgorithm.ES256);
    Agent agent = signing(SigningAlgorithm.PS256, key);

    assertThat(agent.client().authenticate(Agent.request("Not_as_agreed")))
        .isInstanceOf(AuthenticationAnswer.Refused.class);
    assertThat(keycloak.phone().rings("Not_as_agreed")).isZero();
  }

  @Test
  void isRefusedUntilTheAlgorithmIsRegisteredAndSaysHow() {
    SigningKey key = keycloak.clientKeys().key(SigningAlgorithm.PS256);
    Agent agent =
        Agent.with(
            new OkHttpClient(),
            keycloak.issuer(),
            new PrivateKeyJwt("agent-jwt", key),
            new RequestSigning(key, Duration.ofMinutes(5)));

    assertThat(agent.client().authenticate(Agent.request("Not_registered")))
        .isInstanceOfSatisfying(
            AuthenticationAnswer.Refused.class,
            refused ->
                assertThat(refused.description())
                    .contains("PS256", "agent-jwt", "ciba.backchannel.auth.request.signing.alg"));
  }

  @Test
  void isAcceptedUnsignedToo() {
    SigningKey key = keycloak.clientKeys().key(SigningAlgorithm.PS256);
    Agent agent = Agent.with(keycloak, new PrivateKeyJwt("agent-signed-ps256", key));

    agent.ask("Not_signed_at_all");
    assertThat(keycloak.phone().rings("Not_signed_at_all")).isEqualTo(1);
  }

  private Agent signing(SigningAlgorithm algorithm, SigningKey key) {
    String clientId = "agent-signed-" + algorithm.name().toLowerCase(Locale.ROOT);
    return Agent.with(
        new OkHttpClient(),
        keycloak.issuer(),
        new PrivateKeyJwt(clientId, keycloak.clientKeys().key(algorithm)),
        new RequestSigning(key, Duration.ofMinutes(5)));
  }
}
