package dev.countersign.app.chat.model;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.countersign.app.chat.model.ModelActivities.ModelCall;
import dev.countersign.app.chat.model.ModelActivities.ModelReply;
import dev.countersign.app.chat.tool.ToolCalls;
import dev.countersign.app.chat.tool.Tools;
import dev.countersign.app.chat.transcript.Stored;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Calls the language model by LangChain4j. */
@Component
class ModelActivitiesImpl implements ModelActivities {
  /** Longer answers are cut: they are stored, and travel from run to run. */
  private static final int MAX_TEXT_BYTES = 32_000;

  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("model-heartbeat").factory());
  private final ChatModel model;
  private final Tools tools;
  private final TokenMeter tokens;
  private final Clock clock;

  @Autowired
  ModelActivitiesImpl(ChatModel model, Tools tools, MeterRegistry meters) {
    this(model, tools, meters, Clock.systemUTC());
  }

  ModelActivitiesImpl(ChatModel model, Tools tools, MeterRegistry meters, Clock clock) {
    this.model = model;
    this.tools = tools;
    this.tokens = new TokenMeter(meters, model);
    this.clock = clock;
  }

  @Override
  public ModelReply callModel(ModelCall call) {
    ScheduledFuture<?> heartbeats = heartbeats(Activity.getExecutionContext());
    try {
      return reply(call, model.chat(request(call)));
    } catch (RuntimeException e) {
      throw ModelFailures.of(e);
    } finally {
      heartbeats.cancel(false);
    }
  }

  private ModelReply reply(ModelCall call, ChatResponse response) {
    TokenUse usage = usage(response.tokenUsage());
    if (usage != null) {
      tokens.count(usage);
    }
    AiMessage message = response.aiMessage();
    if (response.finishReason() == FinishReason.CONTENT_FILTER
        && !message.hasToolExecutionRequests()) {
      throw new ContentFilteredException("The answer was cut off by the provider's content filter");
    }
    String text = shortened(message.text());
    if (call.asker() == null) { // it was given no tools
      return new ModelReply(text, List.of(), List.of(), usage);
    }
    ToolCalls toolCalls = new ToolCalls(tools, call.transcript(), call.asker());
    List<ToolCall> checked =
        message.toolExecutionRequests().stream()
            .limit(ToolCalls.MOST_CALLS + 1L) // the last is told that it is one too many
            .map(toolCalls::check)
            .toList();
    return new ModelReply(text, checked, toolCalls.frozen(), usage);
  }

  private static @Nullable TokenUse usage(@Nullable TokenUsage counted) {
    return counted == null
            || counted.inputTokenCount() == null
            || counted.outputTokenCount() == null
        ? null
        : new TokenUse(counted.inputTokenCount(), counted.outputTokenCount());
  }

  private ChatRequest request(ModelCall call) {
    return ChatRequest.builder()
        .messages(ModelMessages.of(call.transcript(), LocalDate.now(clock)))
        .toolSpecifications(call.asker() == null ? List.of() : tools.specifications())
        .build();
  }

  private ScheduledFuture<?> heartbeats(ActivityExecutionContext context) {
    long every = ModelOptions.HEARTBEAT_EVERY.toMillis();
    return ticker.scheduleAtFixedRate(() -> context.heartbeat(null), every, every, MILLISECONDS);
  }

  private static @Nullable String shortened(@Nullable String text) {
    return text == null ? null : Stored.cut(text, MAX_TEXT_BYTES);
  }

  @PreDestroy
  void close() {
    ticker.shutdownNow();
  }
}
