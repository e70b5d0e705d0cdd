package dev.countersign.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether another server has done its part when it was asked last. It is asked for nothing else:
 * what it does now is known only as far as somebody needs it. Thread-safe.
 */
public final class PeerMeter {
  static final String UP = "countersign.peer.up";
  static final String ANSWERED = "countersign.peer.answered";
  static final String PEER = "peer";

  private final InstantSource clock;
  private volatile @Nullable Boolean up;
  private volatile @Nullable Instant answeredAt;

  /**
   * Registers its two gauges, which have no value until it is known.
   *
   * @param peer {@code provider}, {@code shop}, {@code model}, or another word of the code's
   */
  public PeerMeter(MeterRegistry meters, String peer, InstantSource clock) {
    this.clock = clock;
    Gauge.builder(UP, this, PeerMeter::upNow)
        .description("Whether a server that is needed did its part when it was asked last")
        .tag(PEER, peer)
        .strongReference(true)
        .register(meters);
    Gauge.builder(ANSWERED, this, PeerMeter::lastAnswer)
        .description("When it did its part last, in seconds since 1970")
        .tag(PEER, peer)
        .baseUnit("seconds")
        .strongReference(true)
        .register(meters);
  }

  /** It has done its part. */
  public void answered() {
    answeredAt = clock.instant();
    up = true;
  }

  /** It could not be reached, or said that it can't now. */
  public void failed() {
    up = false;
  }

  private double upNow() {
    Boolean known = up;
    return known == null ? Double.NaN : known ? 1 : 0;
  }

  private double lastAnswer() {
    Instant known = answeredAt;
    return known == null ? Double.NaN : known.toEpochMilli() / 1_000.0;
  }
}
