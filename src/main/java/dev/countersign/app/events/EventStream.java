package dev.countersign.app.events;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends one viewer what changes. It runs on the viewer's own virtual thread, takes the newest state
 * whenever the viewer has taken what came before, and so keeps nobody else waiting and no queue.
 */
final class EventStream {
  /** Not all at once, when a process has ended the streams of many. */
  private static final int RECONNECT_MIN_MILLIS = 1_000;

  private static final int RECONNECT_MAX_MILLIS = 3_000;

  private final Feed feed;
  private final ViewerPosition position;
  private final EventWriter writer;
  private final StreamTimes times;
  private final BooleanSupplier revoked;

  /**
   * A stream for one viewer.
   *
   * @param revoked whether the viewer's login has ended since
   */
  EventStream(
      Feed feed,
      EventId lastEventId,
      EventWriter writer,
      StreamTimes times,
      BooleanSupplier revoked) {
    this.feed = feed;
    this.writer = writer;
    this.times = times;
    this.revoked = revoked;
    position = new ViewerPosition(lastEventId);
  }

  /**
   * Sends until the conversation or the login ends, the stream is old enough or the process stops.
   *
   * @throws IOException if the viewer has gone, or hasn't read for too long
   */
  void run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    writer.begin(
        Duration.ofMillis(
            ThreadLocalRandom.current().nextInt(RECONNECT_MIN_MILLIS, RECONNECT_MAX_MILLIS)));
    @Nullable Snapshot seen = null;
    while (!feed.isStopped() && (seen == null || !seen.ended())) {
      Duration left = times.longest().minusNanos(System.nanoTime() - start);
      if (!left.isPositive()) {
        return;
      }
      Duration silence = times.heartbeat().compareTo(left) < 0 ? times.heartbeat() : left;
      Snapshot now = feed.awaitOther(seen, silence);
      if (revoked.getAsBoolean()) {
        return;
      }
      if (!now.equals(seen)) {
        writer.write(position.advance(now));
      } else if (!feed.isStopped()) {
        writer.heartbeat();
      }
      seen = now;
    }
  }
}
