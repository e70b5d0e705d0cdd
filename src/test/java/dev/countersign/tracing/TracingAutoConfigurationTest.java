package dev.countersign.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.http.CallWatcher;
import dev.countersign.temporal.TemporalInterceptors;
import io.micrometer.tracing.Tracer;
import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A host's tracer is joined where it has one; nothing is missed where it hasn't. */
class TracingAutoConfigurationTest {
  private final RecordedSpans spans = new RecordedSpans();
  private final ApplicationContextRunner host =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(TracingAutoConfiguration.class));

  @Test
  void withoutTheClassesThereIsNothing() {
    host.withClassLoader(new FilteredClassLoader("io.micrometer.tracing", "io.opentelemetry"))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CallWatcher.class));
  }

  @Test
  void withoutATracerNobodyHearsAnything() {
    host.run(context ->
        assertThat(context.getBean(TemporalInterceptors.class))
            .isEqualTo(TemporalInterceptors.none()));
    host.withBean(Tracer.class, () -> Tracer.NOOP)
        .run(context ->
            assertThat(context.getBean(TemporalInterceptors.class))
                .isEqualTo(TemporalInterceptors.none()));
  }

  @Test
  void theHostsTracerTellsServersOfItsTraces() {
    Tracer tracer = spans.tracer();
    host.withBean(Tracer.class, () -> tracer)
        .run(context -> {
          assertThat(context.getBean(TemporalInterceptors.class).workers()).hasSize(1);
          assertThat(context.getBean(TemporalInterceptors.class).client()).hasSize(1);
          assertThat(sent(context.getBean(CallWatcher.class)).getHeaders().get("traceparent"))
              .isNull();
          assertThat(spans.spans()).isEmpty();
          var caller = tracer.nextSpan().start();
          try (Tracer.SpanInScope _ = tracer.withSpan(caller)) {
            String told = sent(context.getBean(CallWatcher.class)).getHeaders().get("traceparent");
            assertThat(spans.spans())
                .singleElement()
                .satisfies(call -> {
                  assertThat(call.getParentSpanId()).isEqualTo(caller.context().spanId());
                  assertThat(told)
                      .isEqualTo("00-" + call.getTraceId() + "-" + call.getSpanId() + "-01");
                });
          }
        });
  }

  private static RecordedRequest sent(CallWatcher watcher)
      throws IOException, InterruptedException {
    try (MockWebServer server = new MockWebServer()) {
      server.enqueue(new MockResponse.Builder().build());
      server.start();
      OkHttpClient client = new OkHttpClient.Builder().addInterceptor(watcher).build();
      try (Response _ =
          client.newCall(new Request.Builder().url(server.url("/?secret=1")).build()).execute()) {
        return server.takeRequest();
      }
    }
  }
}
