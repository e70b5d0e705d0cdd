package dev.countersign.app.chat.model;

import dev.countersign.tracing.Traces;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each call of the model, under the names and attributes of OpenTelemetry's
 * semantic conventions for generative AI; what is said there is in none.
 */
final class ModelTrace {
  private static final String CHAT = "chat";

  private final Traces traces;
  private final String provider;
  private final String model;
  private final @Nullable String server;

  ModelTrace(Traces traces, ChatModel model, ModelProperties properties) {
    this.traces = traces;
    provider = ProviderName.of(model);
    this.model =
        Objects.requireNonNullElse(model.defaultRequestParameters().modelName(), "unknown");
    server =
        model instanceof OpenAiChatModel
            ? URI.create(String.valueOf(properties.baseUrl())).getHost()
            : null;
  }

  /** A call begins. */
  Call begin() {
    Traces.Step step =
        traces
            .client(CHAT + " " + model)
            .tag("gen_ai.operation.name", CHAT)
            .tag("gen_ai.provider.name", provider)
            .tag("gen_ai.request.model", model);
    if (server != null) {
      step.tag("server.address", server);
    }
    return new Call(step);
  }

  /** A call that is under way. */
  record Call(Traces.Step step) implements AutoCloseable {

    /** It was answered, with so many tokens; null: nobody said. */
    void answered(@Nullable TokenUse use) {
      if (use != null) {
        step.tag("gen_ai.usage.input_tokens", use.input())
            .tag("gen_ai.usage.output_tokens", use.output());
      }
    }

    /** It wasn't; of which type, low in number. */
    void failed(String type) {
      step.failed(type);
    }

    @Override
    public void close() {
      step.close();
    }
  }
}
