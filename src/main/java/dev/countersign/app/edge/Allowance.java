package dev.countersign.app.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Optional;

/**
 * So much a minute for each name, of which all may be taken at once; it comes back evenly. It is
 * this process's own, and of so many names it knows those that came last.
 */
final class Allowance {
  private static final int MOST_NAMES = 100_000;
  private static final Duration REFILL = Duration.ofMinutes(1);

  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_NAMES)
          .expireAfterAccess(REFILL) // a full bucket is as good as none
          .build();
  private final int perMinute;

  Allowance(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Takes one; if there is none, says how long until there is. */
  Optional<Duration> take(String name) {
    ConsumptionProbe probe = bucket(name).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  /** How long until there is one again; nothing if there is. */
  Optional<Duration> exhausted(String name) {
    var estimate = bucket(name).estimateAbilityToConsume(1);
    return estimate.canBeConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(estimate.getNanosToWaitForRefill()));
  }

  private Bucket bucket(String name) {
    return buckets.get(
        name,
        _ ->
            Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, REFILL))
                .build());
  }
}
