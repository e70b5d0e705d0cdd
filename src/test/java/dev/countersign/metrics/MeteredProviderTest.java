package dev.countersign.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.ExpectedUser;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.UserHint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeteredProviderTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_900_000_000);
  private static final AuthenticationRequest REQUEST =
      new AuthenticationRequest(
          new UserHint.LoginHint("alice"),
          new ExpectedUser("sub", "alice"),
          "Buy it",
          List.of("openid"),
          null,
          null,
          Duration.ofMinutes(5),
          List.of(),
          null,
          null);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private TokenAnswer answer = new TokenAnswer.Pending();
  private AuthenticationAnswer asking = new AuthenticationAnswer.NoDevice("none");
  private final MeteredProvider provider =
      new MeteredProvider(
          new BackchannelClient() {
            @Override
            public AuthenticationAnswer authenticate(AuthenticationRequest request) {
              return asking;
            }

            @Override
            public TokenAnswer token(AuthReqId authReqId, @Nullable String audience) {
              return answer;
            }

            @Override
            public GrantCheck check(
                Tokens tokens,
                AuthenticationRequest asked,
                AuthReqId authReqId,
                Duration sinceAsked) {
              throw new UnsupportedOperationException();
            }
          },
          registry,
          () -> NOW);

  private void poll(TokenAnswer next) {
    answer = next;
    assertThat(provider.token(new AuthReqId("r1"))).isEqualTo(next);
  }

  private double up() {
    return registry.get("countersign.peer.up").tag("peer", "provider").gauge().value();
  }

  @Test
  void countsPollsByTheirAnswers() {
    poll(new TokenAnswer.Pending());
    poll(new TokenAnswer.Pending());
    poll(new TokenAnswer.SlowDown(null, null));
    poll(new TokenAnswer.Denied(null));

    assertThat(registry.get("countersign.provider.polls").timers())
        .filteredOn(timer -> timer.count() > 0)
        .extracting(timer -> timer.getId().getTag("answer") + " " + timer.count())
        .containsExactlyInAnyOrder("pending 2", "slow_down 1", "denied 1");
  }

  @ParameterizedTest
  @MethodSource("asked")
  void countsRequestsToAskByTheirAnswers(AuthenticationAnswer asked, String counted, int up) {
    asking = asked;

    assertThat(provider.authenticate(REQUEST)).isEqualTo(asked);

    assertThat(registry.get("countersign.provider.asks").timers())
        .filteredOn(timer -> timer.count() > 0)
        .singleElement()
        .satisfies(timer -> assertThat(timer.getId().getTag("answer")).isEqualTo(counted));
    assertThat(up()).isEqualTo(up);
  }

  static List<Arguments> asked() {
    Duration later = Duration.ofSeconds(5);
    return List.of(
        arguments(
            new AuthenticationAnswer.Accepted(new AuthReqId("r1"), Duration.ofMinutes(5), later),
            "accepted",
            1),
        arguments(new AuthenticationAnswer.NoDevice("none"), "no_device", 1),
        arguments(new AuthenticationAnswer.Refused(400, "invalid_request", null), "refused", 1),
        arguments(new AuthenticationAnswer.NotSent("no route"), "not_sent", 0),
        arguments(new AuthenticationAnswer.NotAsked("busy", null), "not_asked", 0),
        arguments(new AuthenticationAnswer.Throttled(later), "throttled", 0),
        arguments(new AuthenticationAnswer.Ambiguous("reset", null), "unclear", 0));
  }

  /** A rate shows nothing of what begins at 1; the tables name all answers. */
  @ParameterizedTest
  @ValueSource(strings = {"countersign.provider.asks", "countersign.provider.polls"})
  void hasEachAnswerBeforeItIsGiven(String name) {
    assertThat(registry.get(name).timers())
        .allSatisfy(timer -> assertThat(timer.count()).isZero())
        .extracting(timer -> timer.getId().getTag("answer"))
        .containsExactlyInAnyOrderElementsOf(
            MetricsTables.values(name.replace('.', '_') + "_seconds"));
  }

  /** Before the first answer both values would be made up. */
  @Test
  void tellsHowTheProviderWasWhenItWasAskedLast() {
    assertThat(up()).isNaN();
    assertThat(registry.get("countersign.peer.answered").gauge().value()).isNaN();

    poll(new TokenAnswer.Unavailable("busy", null));
    assertThat(up()).isZero();
    poll(new TokenAnswer.Expired());
    assertThat(up()).isOne();
    poll(new TokenAnswer.Unavailable("busy", null));

    assertThat(up()).isZero();
    assertThat(registry.get("countersign.peer.answered").gauge().value())
        .isEqualTo(1_900_000_000.0);
  }
}
