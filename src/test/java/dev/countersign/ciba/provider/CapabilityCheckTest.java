package dev.countersign.ciba.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ciba.DeliveryMode;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientSettings;
import dev.countersign.ciba.client.RequestSigning;
import dev.countersign.ciba.client.ResourceParameter;
import dev.countersign.ciba.http.Provider;
import dev.countersign.ciba.key.Keys;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.ciba.key.SigningKey;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilityCheckTest {
  private static final String PROVIDER = "The provider https://tenant.example.com/ ";
  private static final SigningKey PS256 = Keys.rsa("k1").signing(SigningAlgorithm.PS256);
  private static final ClientAuthentication JWT =
      new ClientAuthentication.PrivateKeyJwt("agent", PS256);
  private static final RequestSigning SIGNING = new RequestSigning(PS256, Duration.ofMinutes(5));

  @Test
  void findsNothingWhenAllIsOffered() {
    ProviderMetadata offers =
        offers(
            List.of("private_key_jwt"),
            List.of("ES256", "PS256"),
            List.of("PS256"),
            List.of("RS256", "PS256"),
            List.of("poll", "ping"));

    assertThat(
            CapabilityCheck.faults(
                offers,
                chosen(JWT, SIGNING, SigningAlgorithm.PS256),
                DeliveryMode.PING,
                false,
                false))
        .isEmpty();
  }

  @Test
  void findsNothingWhereTheProviderDoesNotSay() {
    ProviderMetadata offers =
        offers(List.of("private_key_jwt"), List.of(), List.of(), List.of(), List.of("poll"));

    assertThat(
            CapabilityCheck.faults(
                offers, chosen(JWT, null, SigningAlgorithm.ES256), DeliveryMode.POLL, false, false))
        .isEmpty();
  }

  @Test
  void namesEveryFaultAtOnce() {
    ProviderMetadata offers =
        offers(
            List.of("client_secret_basic", "client_secret_post"),
            List.of("RS256", "ES256"),
            List.of("ES256"),
            List.of("RS256"),
            List.of("ping"));

    assertThat(
            CapabilityCheck.faults(
                offers,
                chosen(JWT, SIGNING, SigningAlgorithm.PS256),
                DeliveryMode.POLL,
                true,
                false))
        .containsExactly(
            PROVIDER
                + "offers as client authentication client_secret_basic, client_secret_post, but"
                + " private_key_jwt was chosen.",
            PROVIDER
                + "offers as signature of the client's assertion RS256, ES256, but PS256 was"
                + " chosen.",
            PROVIDER
                + "offers as signature of authentication requests ES256, but PS256 was chosen.",
            PROVIDER + "offers as signature of ID tokens RS256, but PS256 was chosen.",
            PROVIDER + "offers as delivery mode ping, but poll was chosen.");
  }

  @Test
  void refusesSignedRequestsWhereNoAlgorithmForThemIsNamed() {
    ProviderMetadata offers =
        offers(List.of("private_key_jwt"), List.of(), List.of(), List.of(), List.of("poll"));

    assertThat(
            CapabilityCheck.faults(
                offers,
                chosen(JWT, SIGNING, SigningAlgorithm.PS256),
                DeliveryMode.POLL,
                false,
                false))
        .containsExactly(
            PROVIDER + "offers no signed authentication requests, but they were chosen (PS256).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls_client_auth", "self_signed_tls_client_auth"})
  void needsACertificateForTheMethodsThatAreOne(String method) {
    ClientAuthentication authentication =
        method.equals("tls_client_auth")
            ? new ClientAuthentication.TlsClientAuth("agent")
            : new ClientAuthentication.SelfSignedTlsClientAuth("agent");
    ProviderMetadata offers =
        offers(List.of(method), List.of(), List.of(), List.of(), List.of("poll"));
    ClientSettings chosen = chosen(authentication, null, SigningAlgorithm.RS256);

    assertThat(CapabilityCheck.faults(offers, chosen, DeliveryMode.POLL, true, false)).isEmpty();
    assertThat(CapabilityCheck.faults(offers, chosen, DeliveryMode.POLL, false, false))
        .containsExactly(
            "The client authentication "
                + method
                + " was chosen, but no client certificate is set.");
  }

  @Test
  void refusesPushEvenWhereItIsOffered() {
    ProviderMetadata offers =
        offers(
            List.of("client_secret_post"),
            List.of(),
            List.of(),
            List.of(),
            List.of("poll", "push"));

    assertThat(
            CapabilityCheck.faults(
                offers,
                chosen(Provider.POST, null, SigningAlgorithm.RS256),
                DeliveryMode.PUSH,
                false,
                false))
        .containsExactly(
            "The delivery mode push was chosen, but isn't supported, since tokens would come in"
                + " by a callback: choose poll or ping.");
  }

  @Test
  void userCodesMustBeOffered() {
    ProviderMetadata without =
        offers(List.of("client_secret_post"), List.of(), List.of(), List.of(), List.of("poll"));
    ClientSettings chosen = chosen(Provider.POST, null, SigningAlgorithm.RS256);

    assertThat(CapabilityCheck.faults(without, chosen, DeliveryMode.POLL, false, true))
        .containsExactly(PROVIDER + "takes no user codes, but they were chosen.");
    assertThat(
            CapabilityCheck.faults(withUserCodes(without), chosen, DeliveryMode.POLL, false, true))
        .isEmpty();
  }

  @Test
  void findsNothingAgainstAuth0() {
    // as its documents are: no algorithms for signed requests, no word of user codes
    ProviderMetadata auth0 =
        offers(
            List.of("client_secret_basic", "client_secret_post", "private_key_jwt"),
            List.of("RS256", "RS384", "PS256"),
            List.of(),
            List.of("HS256", "RS256", "PS256"),
            List.of("poll"));

    for (ClientAuthentication authentication : List.of(Provider.POST, JWT)) {
      assertThat(
              CapabilityCheck.faults(
                  auth0,
                  chosen(authentication, null, SigningAlgorithm.RS256),
                  DeliveryMode.POLL,
                  true,
                  false))
          .isEmpty();
    }
  }

  @Test
  void saysSoWhenNoDeliveryModeIsOffered() {
    ProviderMetadata offers =
        offers(List.of("client_secret_post"), List.of(), List.of(), List.of(), List.of());

    assertThat(
            CapabilityCheck.faults(
                offers,
                chosen(Provider.POST, null, SigningAlgorithm.RS256),
                DeliveryMode.PING,
                false,
                false))
        .containsExactly(PROVIDER + "offers as delivery mode nothing, but ping was chosen.");
  }

  private static ClientSettings chosen(
      ClientAuthentication authentication,
      @Nullable RequestSigning signing,
      SigningAlgorithm idToken) {
    return new ClientSettings(authentication, ResourceParameter.AUDIENCE, signing, idToken, null);
  }

  private static ProviderMetadata withUserCodes(ProviderMetadata offers) {
    return new ProviderMetadata(
        offers.issuer(),
        offers.backchannelEndpoint(),
        offers.tokenEndpoint(),
        null,
        null,
        offers.jwksUri(),
        offers.authMethods(),
        offers.authAlgorithms(),
        offers.requestAlgorithms(),
        offers.idTokenAlgorithms(),
        offers.deliveryModes(),
        true);
  }

  private static ProviderMetadata offers(
      List<String> authMethods,
      List<String> authAlgorithms,
      List<String> requestAlgorithms,
      List<String> idTokenAlgorithms,
      List<String> deliveryModes) {
    URI anywhere = URI.create("https://tenant.example.com/x");
    return new ProviderMetadata(
        Provider.ISSUER,
        anywhere,
        anywhere,
        null,
        null,
        anywhere,
        authMethods,
        authAlgorithms,
        requestAlgorithms,
        idTokenAlgorithms,
        deliveryModes,
        false);
  }
}
