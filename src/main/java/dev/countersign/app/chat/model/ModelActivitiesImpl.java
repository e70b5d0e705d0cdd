package dev.countersign.app.chat.model;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.countersign.app.chat.tool.ToolCalls;
import dev.countersign.app.chat.tool.Tools;
import dev.countersign.app.chat.transcript.Stored;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Calls the language model by LangChain4j. */
@Component
class ModelActivitiesImpl implements ModelActivities {
  /** Longer answers are cut: they are stored, and travel from run to run. */
  private static final int MAX_TEXT_BYTES = 32_000;

  private static final String CUT_OFF = "(The model's answer was cut off here: it was too long.)";

  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("model-heartbeat").factory());
  private final ModelRequests requests;
  private final Tools tools;
  private final ModelMeter meter;
  private final ModelRecord record;
  private final Clock clock;
  private final ModelProperties properties;
  private final ModelFailures failures;

  @Autowired
  ModelActivitiesImpl(
      ChatModel model,
      Tools tools,
      MeterRegistry meters,
      ModelProperties properties,
      ModelRecord record) {
    this(model, tools, meters, properties, record, Clock.systemUTC());
  }

  ModelActivitiesImpl(
      ChatModel model,
      Tools tools,
      MeterRegistry meters,
      ModelProperties properties,
      ModelRecord record,
      Clock clock) {
    this.tools = tools;
    this.properties = properties;
    requests = new ModelRequests(model, tools, properties, clock);
    this.record = record;
    this.clock = clock;
    meter = new ModelMeter(meters, model);
    failures = new ModelFailures(properties);
  }

  @Override
  public ModelReply callModel(ModelCall call) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Supplier<Effort> effort = Effort.of(context);
    ScheduledFuture<?> heartbeats = heartbeats(context);
    long begun = System.nanoTime();
    try {
      ModelReply reply = reply(call, requests.send(call));
      meter.answered(Duration.ofNanos(System.nanoTime() - begun));
      record.answered(clock.instant());
      return reply;
    } catch (RuntimeException e) {
      ApplicationFailure failure = failures.of(e, effort.get());
      meter.failed(Duration.ofNanos(System.nanoTime() - begun), failure.getType());
      record.failed(clock.instant(), failure.getType());
      throw failure;
    } finally {
      heartbeats.cancel(false);
    }
  }

  private ModelReply reply(ModelCall call, ModelRequests.Answer answer) {
    ChatResponse response = answer.response();
    TokenUse usage = usage(response.tokenUsage());
    if (usage != null) {
      meter.count(usage);
    }
    AiMessage message = response.aiMessage();
    if (response.finishReason() == FinishReason.CONTENT_FILTER
        && !message.hasToolExecutionRequests()) {
      throw new ContentFilteredException("The answer was cut off by the provider's content filter");
    }
    String text = SpokenWords.of(message.text());
    boolean markup = text != null && ToolMarkup.isIn(text, tools::isThere);
    if (markup && call.asker() != null && !message.hasToolExecutionRequests()) {
      throw new ToolMarkupException();
    }
    String words = markup ? null : shortened(text, response.finishReason());
    TurnTerms terms = terms(answer);
    if (call.asker() == null) { // it was only to speak
      return new ModelReply(words, List.of(), List.of(), usage, terms);
    }
    ToolCalls toolCalls = new ToolCalls(tools, call.transcript(), call.asker());
    List<ToolCall> checked =
        message.toolExecutionRequests().stream()
            .limit(ToolCalls.MOST_CALLS + 1L) // the last is told that it is one too many
            .map(toolCalls::check)
            .toList();
    return new ModelReply(words, checked, toolCalls.frozen(), usage, terms);
  }

  private TurnTerms terms(ModelRequests.Answer answer) {
    return new TurnTerms(
        Objects.requireNonNull(properties.mostRounds()),
        Objects.requireNonNull(properties.turnTime()).toSeconds(),
        answer.wire().extras(),
        answer.plain() ? true : null);
  }

  private static @Nullable TokenUse usage(@Nullable TokenUsage counted) {
    return counted == null
            || counted.inputTokenCount() == null
            || counted.outputTokenCount() == null
        ? null
        : new TokenUse(counted.inputTokenCount(), counted.outputTokenCount());
  }

  private ScheduledFuture<?> heartbeats(ActivityExecutionContext context) {
    long every = ModelOptions.HEARTBEAT_EVERY.toMillis();
    return ticker.scheduleAtFixedRate(() -> context.heartbeat(null), every, every, MILLISECONDS);
  }

  private static @Nullable String shortened(@Nullable String text, @Nullable FinishReason reason) {
    String kept = text == null ? null : Stored.cut(text, MAX_TEXT_BYTES);
    if (reason != FinishReason.LENGTH) {
      return kept;
    }
    return kept == null ? CUT_OFF : kept + "\n\n" + CUT_OFF;
  }

  @PreDestroy
  void close() {
    ticker.shutdownNow();
  }
}
