package dev.countersign.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * How other servers did when they were asked last. Always UP: they are asked in users' names only,
 * and a restart would not mend them.
 */
final class PeersHealthIndicator extends AbstractHealthIndicator {
  private final MeterRegistry meters;

  PeersHealthIndicator(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    meters.find(PeerMeter.UP).gauges().stream()
        .sorted(Comparator.comparing(PeersHealthIndicator::peer))
        .forEach(up -> health.withDetail(peer(up), sentence(up.value(), answered(peer(up)))));
  }

  private static String peer(Gauge gauge) {
    return Objects.requireNonNull(gauge.getId().getTag(PeerMeter.PEER));
  }

  /** Seconds since 1970; NaN: not since the start. */
  private double answered(String peer) {
    Gauge answered = meters.find(PeerMeter.ANSWERED).tag(PeerMeter.PEER, peer).gauge();
    return answered == null ? Double.NaN : answered.value();
  }

  private static String sentence(double up, double answered) {
    if (Double.isNaN(up)) {
      return "It was not asked since the start.";
    }
    if (Double.isNaN(answered)) {
      return "It failed when it was asked last, and has not done its part since the start.";
    }
    Instant at = Instant.ofEpochSecond((long) answered);
    return up == 1
        ? "It did its part when it was asked last, at " + at + "."
        : "It failed when it was asked last; it did its part last at " + at + ".";
  }
}
