package dev.countersign.metrics;

import dev.countersign.approval.ApprovalActivitiesImpl;
import dev.countersign.approval.PollingSettings;
import dev.countersign.approval.Waits;
import dev.countersign.clock.RemoteClock;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.lease.LeaseWorkers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How this process stands: its waits and polls, its lease, and the clocks that it goes by. */
record ProcessMeters(
    Waits waits,
    ApprovalActivitiesImpl approvals,
    PollingSettings polling,
    LeaseWorkers lease,
    RemoteClocks clocks)
    implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry meters) {
    bindPolls(meters);
    bindLease(meters);
    clocks.all().forEach(clock -> bind(clock, meters));
  }

  private void bindPolls(MeterRegistry meters) {
    Gauge.builder("countersign.polls.waiting", waits, Waits::waiting)
        .description("Questions whose answers this process polls for")
        .register(meters);
    Gauge.builder(
            "countersign.polls.budget",
            polling,
            all -> all.requestsPerSecond() / lease.lease().replicas().count())
        .description("Requests a second that this process may send to the identity provider")
        .register(meters);
    TimeGauge.builder(
            "countersign.asks.delay", approvals, TimeUnit.SECONDS, all -> seconds(all.askDelay()))
        .description("How long a question would wait now for its turn to be asked")
        .register(meters);
    Gauge.builder("countersign.polls.overdue", approvals, all -> all.pollLoad().overdue())
        .description("Polls that are due, and wait for a turn of the budget")
        .register(meters);
    TimeGauge.builder(
            "countersign.polls.delay",
            approvals,
            TimeUnit.SECONDS,
            all -> seconds(all.pollLoad().longest()))
        .description("How long the first of them has waited for its turn")
        .register(meters);
  }

  private void bindLease(MeterRegistry meters) {
    Gauge.builder("countersign.lease.held", lease, workers -> workers.lease().isHeld() ? 1 : 0)
        .description("Whether Temporal stores what this process reports: nothing is polled without")
        .register(meters);
    TimeGauge.builder(
            "countersign.lease.age",
            lease,
            TimeUnit.SECONDS,
            workers -> seconds(workers.sinceConfirmed()))
        .description("How long ago the last heartbeat was sent that Temporal has confirmed")
        .register(meters);
  }

  private static void bind(RemoteClock clock, MeterRegistry meters) {
    TimeGauge.builder(
            "countersign.clock.skew", clock, TimeUnit.SECONDS, known -> seconds(known.skew()))
        .description("How far another machine's clock is ahead of this one's")
        .tag(
            "machine", clock.machine().equals(RemoteClocks.TEMPORAL) ? "temporal" : clock.machine())
        .register(meters);
  }

  private static double seconds(@Nullable Duration time) {
    return time == null ? Double.NaN : time.toNanos() / 1e9;
  }
}
