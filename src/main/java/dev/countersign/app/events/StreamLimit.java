package dev.countersign.app.events;

import dev.countersign.app.api.Caller;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** Counts the open event streams of this process, and lets no user have too many. */
@Component
final class StreamLimit implements MeterBinder {
  /** The first write to a connection that is gone may succeed; the next doesn't. */
  private static final int PROBES = 5;

  private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);

  private final ConcurrentMap<Caller, Integer> open = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();
  private final int perUser;

  StreamLimit(StreamProperties properties) {
    perUser = properties.streamsPerUser();
  }

  /** One stream, until it is closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Counts one more stream of this user.
   *
   * @param probe lets streams end whose viewers have gone: nobody is refused because of pages that
   *     were left a moment ago
   * @throws TooManyStreamsException if the user has as many as are allowed
   */
  Place take(Caller caller, Runnable probe) throws InterruptedException {
    for (int probes = 0; probes < PROBES && count(caller) >= perUser; probes++) {
      probe.run();
      Thread.sleep(BETWEEN_PROBES);
    }
    open.merge(
        caller,
        1,
        (count, more) -> {
          if (count >= perUser) {
            refused.increment();
            throw new TooManyStreamsException(perUser);
          }
          return count + more;
        });
    return () -> open.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
  }

  private int count(Caller caller) {
    return open.getOrDefault(caller, 0);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("countersign.chat.streams", this, StreamLimit::total)
        .description("Event streams of conversations that are open")
        .register(registry);
    FunctionCounter.builder("countersign.limits.hit", refused, LongAdder::sum)
        .description("Limits that were hit")
        .tag("limit", "streams_of_user")
        .register(registry);
  }

  private int total() {
    return open.values().stream().mapToInt(Integer::intValue).sum();
  }
}
