package dev.countersign.tracing;

import dev.countersign.http.CallWatcher;
import dev.countersign.settings.ConditionalOnCountersign;
import dev.countersign.temporal.TemporalInterceptors;
import io.micrometer.tracing.Tracer;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Traces, where the host has a tracer: what its requests cause here is in their traces. */
@AutoConfiguration
@ConditionalOnCountersign
@ConditionalOnClass(Tracer.class)
public class TracingAutoConfiguration {

  @Bean
  Traces countersignTraces(ObjectProvider<Tracer> tracer) {
    return Traces.by(tracer.getIfUnique(() -> Tracer.NOOP));
  }

  @Bean
  TemporalInterceptors countersignTemporalTracing(Traces traces) {
    return traces.areMade()
        ? new TemporalInterceptors(
            List.of(new ClientTracing(traces)), List.of(new WorkerTracing(traces)))
        : TemporalInterceptors.none();
  }

  @Bean
  CallWatcher countersignHttpTracing(Traces traces) {
    return new TracedCalls(traces);
  }
}
