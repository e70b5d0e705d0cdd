package dev.countersign.app.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.tracing.RecordedSpans;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarefulSpanExporterTest {
  private final RecordedSpans told = new RecordedSpans();
  private final Tracer tracer =
      SdkTracerProvider.builder()
          .addSpanProcessor(SimpleSpanProcessor.create(new CarefulSpanExporter(told)))
          .build()
          .get("test");

  @Test
  void letsOutNothingButWhatItKnows() {
    Span span = tracer.spanBuilder("run").startSpan();
    span.setAttribute("http.url", "/api/chat?words=hush");
    span.setAttribute("error.type", "IOException");
    span.addEvent("hush");
    span.recordException(new IllegalStateException("hush"));
    span.setStatus(StatusCode.ERROR, "hush");
    span.end();

    SpanData only = told.spans().getFirst();
    assertThat(only.getAttributes())
        .isEqualTo(Attributes.of(AttributeKey.stringKey("error.type"), "IOException"));
    assertThat(only.getEvents()).isEmpty();
    assertThat(only.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(only.getStatus().getDescription()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SERVER, /api/chat, true",
    "SERVER, /ciba/notification, true",
    "SERVER, '/api/chat/{conversationId}/events', false",
    "SERVER, /**, false",
    "SERVER, /actuator/prometheus, false",
    "SERVER, , false",
    "CLIENT, , true",
    "INTERNAL, , true"
  })
  void tellsOfRequestsOfTheApiOnly(SpanKind kind, String uri, boolean isTold) {
    Span span = tracer.spanBuilder("some").setSpanKind(kind).startSpan();
    if (uri != null) {
      span.setAttribute("uri", uri);
    }
    span.end();

    assertThat(told.spans()).hasSize(isTold ? 1 : 0);
  }
}
