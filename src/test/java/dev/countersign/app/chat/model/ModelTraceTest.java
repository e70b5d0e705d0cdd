package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.tracing.RecordedSpans;
import dev.countersign.tracing.Traces;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;

class ModelTraceTest {
  private final RecordedSpans spans = new RecordedSpans();
  private final ModelTrace trace =
      new ModelTrace(
          Traces.by(spans.tracer()),
          OpenAiChatModel.builder().apiKey("sk-test").modelName("gpt-5-mini").build(),
          WiredModel.properties("sk-test", "https://models.example.com/v1", null));

  private SpanData only() {
    assertThat(spans.spans()).hasSize(1);
    return spans.spans().getFirst();
  }

  private static AttributeKey<String> text(String name) {
    return AttributeKey.stringKey(name);
  }

  @Test
  void aCallIsNamedAsTheConventionsHaveIt() {
    try (ModelTrace.Call call = trace.begin()) {
      call.answered(new TokenUse(120, 7));
    }

    assertThat(only().getName()).isEqualTo("chat gpt-5-mini");
    assertThat(only().getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(only().getAttributes().get(text("gen_ai.operation.name"))).isEqualTo("chat");
    assertThat(only().getAttributes().get(text("gen_ai.provider.name"))).isEqualTo("openai");
    assertThat(only().getAttributes().get(text("gen_ai.request.model"))).isEqualTo("gpt-5-mini");
    assertThat(only().getAttributes().get(text("server.address"))).isEqualTo("models.example.com");
    assertThat(only().getAttributes().get(AttributeKey.longKey("gen_ai.usage.input_tokens")))
        .isEqualTo(120);
    assertThat(only().getAttributes().get(AttributeKey.longKey("gen_ai.usage.output_tokens")))
        .isEqualTo(7);
  }

  @Test
  void aFailedOneSaysOfWhichType() {
    try (ModelTrace.Call call = trace.begin()) {
      call.failed("RateLimit");
    }

    assertThat(only().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(only().getAttributes().get(text("error.type"))).isEqualTo("RateLimit");
  }
}
