package dev.countersign.keycloak;

import static org.awaitility.Awaitility.await;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.ClientNotificationToken;
import dev.countersign.ciba.ExpectedUser;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.UserHint;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretBasic;
import dev.countersign.ciba.client.ClientSecret;
import dev.countersign.ciba.client.ClientSettings;
import dev.countersign.ciba.client.RequestSigning;
import dev.countersign.ciba.client.ResourceParameter;
import dev.countersign.ciba.http.HttpBackchannelClient;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.ciba.provider.Discovery;
import dev.countersign.ciba.provider.ProviderMetadata;
import dev.countersign.clock.RemoteClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A client of Keycloak's, as the tests use one: it asks alice, and polls at the realm's pace. */
final class Agent {
  static final String ALICE = "11111111-1111-4111-8111-111111111111";

  /** The realm's is 1 s; Keycloak tells a poll's time by the clock, ours by our own. */
  private static final Duration PACE = Duration.ofMillis(1_200);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BackchannelClient client;

  private Agent(BackchannelClient client) {
    this.client = client;
  }

  /** The client {@code agent} of poll mode. */
  static Agent polling(Keycloak keycloak) {
    return with(keycloak, basic("agent", "agent-secret"));
  }

  static Agent with(Keycloak keycloak, ClientAuthentication authentication) {
    return with(new OkHttpClient(), keycloak.issuer(), authentication, null);
  }

  static Agent with(
      OkHttpClient http,
      String issuer,
      ClientAuthentication authentication,
      @Nullable RequestSigning signing) {
    ProviderMetadata metadata =
        new Discovery(http, issuer, clock(issuer)).discover(Duration.ofSeconds(10));
    return with(http, metadata, authentication, signing);
  }

  /** The clock of a provider that has not answered yet. */
  static RemoteClock clock(String issuer) {
    return new RemoteClock(issuer, Clock.systemUTC(), Duration.ofMinutes(5));
  }

  static Agent with(
      OkHttpClient http,
      ProviderMetadata metadata,
      ClientAuthentication authentication,
      @Nullable RequestSigning signing) {
    ClientSettings settings =
        new ClientSettings(
            authentication, ResourceParameter.NONE, signing, SigningAlgorithm.RS256, null);
    return new Agent(new HttpBackchannelClient(http, metadata, settings, clock(metadata.issuer())));
  }

  static ClientAuthentication basic(String clientId, String secret) {
    return new ClientSecretBasic(clientId, new ClientSecret(secret));
  }

  BackchannelClient client() {
    return client;
  }

  /** Asks a user, of whom Keycloak says {@code 200}. */
  Asked ask(AuthenticationRequest request) {
    return switch (client.authenticate(request)) {
      case AuthenticationAnswer.Accepted accepted -> new Asked(request, accepted);
      case AuthenticationAnswer other -> throw new AssertionError("Keycloak answered " + other);
    };
  }

  Asked ask(String bindingMessage) {
    return ask(request(bindingMessage));
  }

  TokenAnswer poll(Asked asked) {
    return client.token(asked.authReqId());
  }

  /** Polls at the pace until it is no longer pending. */
  TokenAnswer awaitDecision(Asked asked) {
    return await()
        .atMost(PATIENCE)
        .pollDelay(PACE)
        .pollInterval(PACE)
        .until(
            () -> poll(asked),
            answer ->
                !(answer instanceof TokenAnswer.Pending)
                    && !(answer instanceof TokenAnswer.SlowDown));
  }

  static AuthenticationRequest request(String bindingMessage) {
    return request("alice", bindingMessage, null);
  }

  static AuthenticationRequest request(
      String user, String bindingMessage, @Nullable ClientNotificationToken notificationToken) {
    return new AuthenticationRequest(
        new UserHint.LoginHint(user),
        new ExpectedUser("sub", ALICE),
        bindingMessage,
        List.of("openid", "product:buy"),
        "sample-shop-api",
        null,
        Duration.ofMinutes(2),
        List.of(),
        null,
        notificationToken);
  }

  /** A question that the user has. */
  record Asked(AuthenticationRequest request, AuthenticationAnswer.Accepted accepted) {
    AuthReqId authReqId() {
      return accepted.authReqId();
    }

    String message() {
      return request.bindingMessage();
    }
  }
}
