package dev.countersign.app.trace;

import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where there are traces, what is sent of them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(TraceVariables.ENDPOINT)
class TraceConfiguration {

  @Bean
  SpanExporters carefulSpanExporters(ObjectProvider<SpanExporter> exporters) {
    return SpanExporters.of(exporters.orderedStream().map(CarefulSpanExporter::new).toList());
  }
}
