package dev.countersign.app.chat.model;

import dev.langchain4j.model.chat.ChatModel;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * Measures calls of the model under the names and attributes of OpenTelemetry's semantic
 * conventions for generative AI: {@code gen_ai.client.token.usage}, one measurement a call and
 * token type, and {@code gen_ai.client.operation.duration}.
 */
final class ModelMeter {
  private static final String OPERATION = "chat";

  private final MeterRegistry meters;
  private final Tags tags;

  ModelMeter(MeterRegistry meters, ChatModel model) {
    this.meters = meters;
    tags =
        Tags.of(
            "gen_ai.operation.name",
            OPERATION,
            "gen_ai.provider.name",
            model.provider().name().toLowerCase(Locale.ROOT),
            "gen_ai.request.model",
            Objects.requireNonNullElse(model.defaultRequestParameters().modelName(), "unknown"));
  }

  /** A call was answered. */
  void answered(Duration time) {
    duration("none").record(time);
  }

  /**
   * A call has failed.
   *
   * @param type low in number, such as the name of an exception
   */
  void failed(Duration time, String type) {
    duration(type).record(time);
  }

  /** An answer's tokens. */
  void count(TokenUse use) {
    tokens("input").record(use.input());
    tokens("output").record(use.output());
  }

  private Timer duration(String error) {
    return Timer.builder("gen_ai.client.operation.duration")
        .description("Time of a call of the language model")
        .tags(tags.and("error.type", error))
        .register(meters);
  }

  private DistributionSummary tokens(String type) {
    return DistributionSummary.builder("gen_ai.client.token.usage")
        .description("Tokens of a call of the language model")
        .tags(tags.and("gen_ai.token.type", type))
        .register(meters);
  }
}
