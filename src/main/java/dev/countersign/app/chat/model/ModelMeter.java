package dev.countersign.app.chat.model;

import dev.countersign.metrics.PeerMeter;
import dev.langchain4j.model.chat.ChatModel;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures calls of the model, and the turns for which it is called, under the names and attributes
 * of OpenTelemetry's semantic conventions for generative AI: {@code gen_ai.client.token.usage}, one
 * measurement a token type, and {@code gen_ai.client.operation.duration}. A call is the operation
 * {@code chat}, a turn {@code invoke_agent}.
 */
final class ModelMeter {
  /** The type of the error of what went well. */
  static final String NO_ERROR = "none";

  /** The type of the error of what its user wanted no more. */
  static final String STOPPED = "stopped";

  /** As the conventions have them. */
  private static final Duration[] DURATIONS =
      Stream.of(10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120, 10_240, 20_480, 40_960, 81_920)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private static final double[] TOKENS =
      IntStream.rangeClosed(0, 13).mapToDouble(power -> Math.pow(4, power)).toArray();

  private static final String CALL = "chat";
  private static final String TURN = "invoke_agent";

  private static final String OPERATION = "gen_ai.operation.name";

  private final MeterRegistry meters;
  private final Tags tags;
  private final PeerMeter peer;

  ModelMeter(MeterRegistry meters, ChatModel model, InstantSource clock) {
    this.meters = meters;
    peer = new PeerMeter(meters, "model", clock);
    tags =
        Tags.of(
            "gen_ai.provider.name",
            ProviderName.of(model),
            "gen_ai.request.model",
            Objects.requireNonNullElse(model.defaultRequestParameters().modelName(), "unknown"));
  }

  /** A call was answered. */
  void answered(Duration time) {
    duration(CALL, NO_ERROR).record(time);
    peer.answered();
  }

  /** A call was ended by the user, with what had come. */
  void stopped(Duration time) {
    duration(CALL, STOPPED).record(time);
  }

  /**
   * A call has failed.
   *
   * @param type low in number, such as the name of an exception
   */
  void failed(Duration time, String type) {
    duration(CALL, type).record(time);
    peer.failed();
  }

  /** An answer's tokens. */
  void count(TokenUse use) {
    count(CALL, use);
  }

  /**
   * A turn has ended with the last call of the model that it wanted. One that ends otherwise, for
   * it has asked too often, is not measured.
   *
   * @param error low in number; {@link #NO_ERROR}: it was answered
   * @param tokens of all its calls
   */
  void turnEnded(Duration time, String error, TokenUse tokens) {
    duration(TURN, error).record(time.isNegative() ? Duration.ZERO : time);
    if (!tokens.equals(TokenUse.NONE)) {
      count(TURN, tokens);
    }
  }

  private void count(String operation, TokenUse use) {
    tokens(operation, "input").record(use.input());
    tokens(operation, "output").record(use.output());
  }

  private Timer duration(String operation, String error) {
    return Timer.builder("gen_ai.client.operation.duration")
        .description("Time of a call of the language model, or of a turn")
        .tags(tags.and(OPERATION, operation, "error.type", error))
        .serviceLevelObjectives(DURATIONS)
        .register(meters);
  }

  private DistributionSummary tokens(String operation, String type) {
    return DistributionSummary.builder("gen_ai.client.token.usage")
        .description("Tokens of a call of the language model, or of a turn")
        .tags(tags.and(OPERATION, operation, "gen_ai.token.type", type))
        .serviceLevelObjectives(TOKENS)
        .register(meters);
  }
}
