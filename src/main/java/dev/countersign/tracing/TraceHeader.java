package dev.countersign.tracing;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.interceptors.Header;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header in which Temporal's own integrations of OpenTelemetry pass a trace on, too. */
final class TraceHeader {
  private static final String KEY = "_tracer-data";

  private TraceHeader() {}

  /** As it came; null: there is none. */
  static @Nullable Payload of(Header header) {
    return header.getValues().get(KEY);
  }

  /** Passes one on as it came, unless another is there. */
  static void pass(@Nullable Payload trace, Header header) {
    if (trace != null) {
      header.getValues().putIfAbsent(KEY, trace);
    }
  }

  static void write(@Nullable Traceparent trace, Header header) {
    if (trace != null) {
      DefaultDataConverter.STANDARD_INSTANCE
          .toPayload(Map.of(Traceparent.HEADER, trace.write()))
          .ifPresent(payload -> pass(payload, header));
    }
  }

  /** Null: there is none, or nobody knows what it says. */
  static @Nullable Traceparent read(Header header) {
    Payload trace = of(header);
    if (trace == null) {
      return null;
    }
    try {
      Map<?, ?> said =
          DefaultDataConverter.STANDARD_INSTANCE.fromPayload(trace, Map.class, Map.class);
      return said.get(Traceparent.HEADER) instanceof String text ? Traceparent.read(text) : null;
    } catch (DataConverterException e) {
      return null;
    }
  }
}
