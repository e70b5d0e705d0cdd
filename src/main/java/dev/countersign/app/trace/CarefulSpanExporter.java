package dev.countersign.app.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Lets out only what certainly holds no user's text and no secret: attributes of known names, no
 * events, and so no words of exceptions. Requests that have no part in a call or a conversation
 * aren't told of, nor streams of events, which go on for as long as somebody looks.
 */
final class CarefulSpanExporter implements SpanExporter {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "countersign.outcome",
          "error.type",
          "exception", // name of its class
          "gen_ai.operation.name",
          "gen_ai.provider.name",
          "gen_ai.request.model",
          "gen_ai.tool.name",
          "gen_ai.usage.input_tokens",
          "gen_ai.usage.output_tokens",
          "http.request.method",
          "http.response.status_code",
          "method",
          "outcome",
          "server.address",
          "server.port",
          "status",
          "temporalActivityID",
          "temporalWorkflowID",
          "uri"); // the pattern, not the path

  private static final AttributeKey<String> URI = AttributeKey.stringKey("uri");
  private static final List<String> TOLD = List.of("/api/", "/ciba/");
  private static final String STREAMS = "/events";

  private final SpanExporter next;

  CarefulSpanExporter(SpanExporter next) {
    this.next = next;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    List<SpanData> told =
        spans.stream().filter(CarefulSpanExporter::isTold).<SpanData>map(Careful::new).toList();
    return told.isEmpty() ? CompletableResultCode.ofSuccess() : next.export(told);
  }

  private static boolean isTold(SpanData span) {
    if (span.getKind() != SpanKind.SERVER) {
      return true;
    }
    String uri = String.valueOf(span.getAttributes().get(URI));
    return TOLD.stream().anyMatch(uri::startsWith) && !uri.endsWith(STREAMS);
  }

  @Override
  public CompletableResultCode flush() {
    return next.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return next.shutdown();
  }

  private static final class Careful extends DelegatingSpanData {
    private final Attributes attributes;

    private Careful(SpanData span) {
      super(span);
      AttributesBuilder kept = span.getAttributes().toBuilder();
      kept.removeIf(key -> !ATTRIBUTES.contains(key.getKey()));
      attributes = kept.build();
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public List<EventData> getEvents() {
      return List.of();
    }

    @Override
    public StatusData getStatus() {
      return StatusData.create(super.getStatus().getStatusCode(), "");
    }
  }
}
