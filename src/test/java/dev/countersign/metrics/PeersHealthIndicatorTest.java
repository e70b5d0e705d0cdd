package dev.countersign.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** What the health page says of other servers. */
class PeersHealthIndicatorTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final PeerMeter provider = new PeerMeter(meters, "provider", () -> NOW);

  private Map<String, Object> said() {
    Health health = requireNonNull(new PeersHealthIndicator(meters).health());
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    return health.getDetails();
  }

  @Test
  void saysHowTheyDidWhenTheyWereAskedLast() {
    PeerMeter shop = new PeerMeter(meters, "shop", () -> NOW);
    assertThat(said())
        .containsExactly(
            Map.entry("provider", "It was not asked since the start."),
            Map.entry("shop", "It was not asked since the start."));

    provider.failed();
    shop.answered();
    assertThat(said())
        .containsExactly(
            Map.entry(
                "provider",
                "It failed when it was asked last, and has not done its part since the start."),
            Map.entry("shop", "It did its part when it was asked last, at 2026-11-29T12:00:00Z."));

    provider.answered();
    provider.failed();
    assertThat(said())
        .containsEntry(
            "provider",
            "It failed when it was asked last; it did its part last at 2026-11-29T12:00:00Z.");
  }
}
