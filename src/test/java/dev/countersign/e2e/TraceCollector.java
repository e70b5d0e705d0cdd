package dev.countersign.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What spans are sent to, by OTLP over HTTP. */
final class TraceCollector implements AutoCloseable {
  private final HttpServer server;
  private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();

  TraceCollector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  /** For {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("api-key")));
      byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    }
  }

  /** A span as it came. */
  record Told(Span span) {
    String name() {
      return span.getName();
    }

    String traceId() {
      return hex(span.getTraceId().toByteArray());
    }

    String id() {
      return hex(span.getSpanId().toByteArray());
    }

    /** Empty: it has none. */
    String parentId() {
      return hex(span.getParentSpanId().toByteArray());
    }

    String header() {
      return "00-" + traceId() + "-" + id() + "-01";
    }

    /** As headers, of the spans that led to it. */
    List<String> links() {
      return span.getLinksList().stream()
          .map(link ->
              "00-%s-%s-01"
                  .formatted(
                      hex(link.getTraceId().toByteArray()), hex(link.getSpanId().toByteArray())))
          .toList();
    }

    /** A text or a number; null: it has none of that name. */
    @Nullable String tag(String name) {
      return tags().get(name);
    }

    Map<String, String> tags() {
      return span.getAttributesList().stream()
          .collect(Collectors.toMap(KeyValue::getKey, Told::text));
    }

    private static String text(KeyValue pair) {
      return pair.getValue().hasIntValue()
          ? String.valueOf(pair.getValue().getIntValue())
          : pair.getValue().getStringValue();
    }

    private static String hex(byte[] id) {
      return HexFormat.of().formatHex(id);
    }
  }

  /** All that have come. */
  List<Told> spans() {
    return requests.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .map(Told::new)
        .toList();
  }

  /** Of what the spans are. */
  List<ResourceSpans> resources() {
    return requests.stream().flatMap(request -> request.getResourceSpansList().stream()).toList();
  }

  /** The requests, as they can be read. */
  List<ExportTraceServiceRequest> requests() {
    return requests;
  }

  /** Of each request the header {@code api-key}. */
  List<String> keys() {
    return keys;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
