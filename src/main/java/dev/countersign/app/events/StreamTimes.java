package dev.countersign.app.events;

import java.time.Duration;

/**
 * Times of an event stream.
 *
 * @param heartbeat longest silence
 * @param longest how long a stream lasts; its client connects again, if its login still counts
 */
record StreamTimes(Duration heartbeat, Duration longest) {
  static final StreamTimes USUAL = new StreamTimes(Duration.ofSeconds(15), Duration.ofMinutes(15));
}
