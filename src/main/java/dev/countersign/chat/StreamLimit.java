package dev.countersign.chat;

import dev.countersign.security.Caller;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/** Counts the open event streams of this process, and lets no user have too many. */
@Component
final class StreamLimit implements MeterBinder {
  private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();
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
   * @throws TooManyStreamsException if the user has as many as are allowed
   */
  Place take(Caller caller) {
    String user = caller.digest();
    open.merge(
        user,
        1,
        (count, more) -> {
          if (count >= perUser) {
            throw new TooManyStreamsException(perUser);
          }
          return count + more;
        });
    return () -> open.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("countersign.chat.streams", this, StreamLimit::total)
        .description("Event streams of conversations that are open")
        .register(registry);
  }

  private int total() {
    return open.values().stream().mapToInt(Integer::intValue).sum();
  }
}
