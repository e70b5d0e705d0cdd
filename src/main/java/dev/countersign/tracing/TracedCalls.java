package dev.countersign.tracing;

import dev.countersign.http.CallWatcher;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A span of each HTTP call that is made within one, whose server is told by {@code traceparent}
 * alone: no baggage goes out. Neither path nor query is said.
 */
final class TracedCalls implements CallWatcher {
  private static final int FIRST_ERROR = 400;

  private final Traces traces;

  TracedCalls(Traces traces) {
    this.traces = traces;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    if (traces.current() == null) {
      return chain.proceed(request);
    }
    try (Traces.Step step = traces.client(request.method())) {
      step.tag("http.request.method", request.method())
          .tag("server.address", request.url().host())
          .tag("server.port", request.url().port());
      return send(step, chain, told(request, step));
    }
  }

  private static Request told(Request request, Traces.Step step) {
    Traceparent trace = step.traceparent();
    return trace == null
        ? request
        : request.newBuilder().header(Traceparent.HEADER, trace.write()).build();
  }

  private static Response send(Traces.Step step, Chain chain, Request request) throws IOException {
    try {
      Response response = chain.proceed(request);
      step.tag("http.response.status_code", response.code());
      if (response.code() >= FIRST_ERROR) {
        step.failed(String.valueOf(response.code()));
      }
      return response;
    } catch (IOException | RuntimeException e) {
      step.failed(e.getClass().getName());
      throw e;
    }
  }
}
