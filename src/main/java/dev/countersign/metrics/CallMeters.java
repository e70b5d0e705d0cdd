package dev.countersign.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How many calls wait, and for how long; without a value while Temporal doesn't say. */
final class CallMeters implements MeterBinder {
  /** Scrapes are as far apart, as a rule; others are answered with what is known. */
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final LastKnown<PendingCalls.Known> pending;
  private final LastKnown<Integer> unrun;

  /** Of what is looked at when somebody asks. */
  CallMeters(PendingCalls pending, ApprovedCalls approved) {
    this.pending = new LastKnown<>("countersign-pending", EVERY, pending::look, System::nanoTime);
    this.unrun = new LastKnown<>("countersign-unrun", EVERY, approved::look, System::nanoTime);
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("countersign.approvals.pending", () -> of(PendingCalls.Known::count))
        .description("Calls of all processes whose user is asked, or whose first run goes on")
        .register(meters);
    Gauge.builder("countersign.approvals.overdue", () -> of(PendingCalls.Known::overdue))
        .description("Those of them that can't be approved any more, since a minute ago at least")
        .register(meters);
    TimeGauge.builder(
            "countersign.approvals.oldest",
            () -> of(known -> known.oldest().toMillis() / 1_000.0),
            TimeUnit.SECONDS)
        .description("How long ago the oldest of them began; 0: there is none")
        .register(meters);
    Gauge.builder("countersign.approvals.unrun", this, CallMeters::unrun)
        .description(
            "Calls that were approved here half a minute ago or longer, and run nowhere yet")
        .register(meters);
  }

  private double of(ToDoubleFunction<PendingCalls.Known> value) {
    return numberOf(pending.get(), value);
  }

  private double unrun() {
    return numberOf(unrun.get(), Integer::doubleValue);
  }

  private static <T> double numberOf(@Nullable T known, ToDoubleFunction<T> value) {
    return known == null ? Double.NaN : value.applyAsDouble(known);
  }
}
