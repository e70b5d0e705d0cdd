package dev.countersign.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeteredProviderTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_900_000_000);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private TokenAnswer answer = new TokenAnswer.Pending();
  private final MeteredProvider provider =
      new MeteredProvider(
          new BackchannelClient() {
            @Override
            public AuthenticationAnswer authenticate(AuthenticationRequest request) {
              throw new UnsupportedOperationException();
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
        .extracting(timer -> timer.getId().getTag("answer") + " " + timer.count())
        .containsExactlyInAnyOrder("pending 2", "slow_down 1", "denied 1");
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
