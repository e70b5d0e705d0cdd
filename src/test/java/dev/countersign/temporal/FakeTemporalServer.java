package dev.countersign.temporal;

import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server that answers, or fails with a status for as many calls as a test says. */
final class FakeTemporalServer implements TemporalServer {
  final AtomicInteger calls = new AtomicInteger();
  private volatile @Nullable Status failure;
  private volatile int failures;
  private volatile @Nullable Duration retention = Duration.ofDays(30);

  void failsWith(Status status, int times) {
    failure = status;
    failures = times;
  }

  void answers() {
    failure = null;
  }

  @Override
  public void ping() {
    answer();
  }

  void keepsHistoriesFor(@Nullable Duration duration) {
    retention = duration;
  }

  @Override
  public Optional<Duration> describeNamespace() {
    answer();
    return Optional.ofNullable(retention);
  }

  private void answer() {
    int call = calls.incrementAndGet();
    Status status = failure;
    if (status != null && call <= failures) {
      throw status.asRuntimeException();
    }
  }
}
