package dev.countersign.app.chat.model;

import dev.langchain4j.model.chat.ChatModel;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;

/**
 * Counts tokens under the name and attributes of OpenTelemetry's semantic conventions for
 * generative AI: {@code gen_ai.client.token.usage}, one measurement a call and token type.
 */
final class TokenMeter {
  private final DistributionSummary input;
  private final DistributionSummary output;

  TokenMeter(MeterRegistry meters, ChatModel model) {
    input = summary(meters, model, "input");
    output = summary(meters, model, "output");
  }

  private static DistributionSummary summary(MeterRegistry meters, ChatModel model, String type) {
    return DistributionSummary.builder("gen_ai.client.token.usage")
        .description("Tokens of a call of the language model")
        .tag("gen_ai.operation.name", "chat")
        .tag("gen_ai.token.type", type)
        .tag(
            "gen_ai.request.model",
            Objects.requireNonNullElse(model.defaultRequestParameters().modelName(), "unknown"))
        .register(meters);
  }

  void count(TokenUse use) {
    input.record(use.input());
    output.record(use.output());
  }
}
