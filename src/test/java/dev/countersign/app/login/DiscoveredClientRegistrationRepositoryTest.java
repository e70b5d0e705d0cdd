package dev.countersign.app.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.clock.RemoteClock;
import dev.countersign.devservices.loopback.MutableClock;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/** How often a provider is asked for its endpoints. */
class DiscoveredClientRegistrationRepositoryTest {
  private static final RemoteClock CLOCK =
      new RemoteClock("the provider", Clock.systemUTC(), Duration.ofMinutes(5));

  @StartStop private final MockWebServer server = new MockWebServer();
  private final MutableClock clock = new MutableClock();

  private DiscoveredClientRegistrationRepository provider() {
    HttpClient http = HttpClient.newHttpClient();
    return new DiscoveredClientRegistrationRepository(
        "http://localhost:" + server.getPort(),
        new LoginClient(new LoginAuthentication.None("app"), false, null, http, CLOCK),
        new JdkClientHttpRequestFactory(http),
        clock);
  }

  private static MockResponse.Builder down() {
    return new MockResponse.Builder().code(503);
  }

  private MockResponse document() {
    String issuer = "http://localhost:" + server.getPort();
    return new MockResponse.Builder()
        .setHeader("Content-Type", "application/json")
        .body(
            """
            {"issuer": "%1$s", "authorization_endpoint": "%1$s/a", "token_endpoint": "%1$s/t",
             "jwks_uri": "%1$s/j", "subject_types_supported": ["public"]}
            """
                .formatted(issuer))
        .build();
  }

  @Test
  void remembersAFailureForAWhile() {
    server.enqueue(down().build());
    server.enqueue(document());
    DiscoveredClientRegistrationRepository provider = provider();

    assertThatThrownBy(provider::endSessionEndpoint)
        .isInstanceOfSatisfying(
            ProviderException.class, first -> assertThat(first.isRepeated()).isFalse());
    clock.advance(Duration.ofMillis(2_999));
    assertThatThrownBy(provider::endSessionEndpoint)
        .isInstanceOfSatisfying(
            ProviderException.class,
            again -> {
              assertThat(again.isUnavailable()).isTrue();
              assertThat(again.isRepeated()).isTrue();
            });
    assertThat(server.getRequestCount()).isEqualTo(1);

    clock.advance(Duration.ofMillis(1));
    assertThat(provider.endSessionEndpoint()).isEmpty();
    assertThat(provider.endSessionEndpoint()).isEmpty();
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void isAskedOnceForAllWhoWait() throws Exception {
    server.enqueue(down().headersDelay(500, TimeUnit.MILLISECONDS).build());
    DiscoveredClientRegistrationRepository provider = provider();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> repeated =
          Stream.generate(() -> callers.submit(() -> isRepeated(provider))).limit(8).toList();
      int first = 0;
      for (Future<Boolean> each : repeated) {
        first += each.get(10, TimeUnit.SECONDS) ? 0 : 1;
      }
      assertThat(first).isEqualTo(1);
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  private static boolean isRepeated(DiscoveredClientRegistrationRepository provider) {
    try {
      throw new AssertionError("found " + provider.endSessionEndpoint());
    } catch (ProviderException e) {
      return e.isRepeated();
    }
  }
}
