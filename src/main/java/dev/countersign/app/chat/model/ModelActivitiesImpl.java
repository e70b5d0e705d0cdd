package dev.countersign.app.chat.model;

import static java.util.stream.Collectors.joining;

import dev.countersign.app.chat.budget.ChatBudget;
import dev.countersign.app.chat.budget.Leave;
import dev.countersign.app.chat.model.wire.ListenedModel;
import dev.countersign.app.chat.tool.ToolCalls;
import dev.countersign.app.chat.tool.Tools;
import dev.countersign.app.chat.transcript.Stored;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.tracing.Traces;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Calls the language model by LangChain4j. */
@Component
class ModelActivitiesImpl implements ModelActivities {
  /** Longer answers are cut: they are stored, and travel from run to run. */
  private static final int MAX_TEXT_BYTES = 32_000;

  private static final String CUT_OFF = "(The model's answer was cut off here: it was too long.)";

  private final ModelRequests requests;
  private final Tools tools;
  private final ModelMeter meter;
  private final ModelRecord record;
  private final Clock clock;
  private final ModelProperties properties;
  private final ModelFailures failures;
  private final ChatBudget budget;
  private final ModelTrace trace;
  private final ModelThoughts thoughts = new ModelThoughts();
  private final SpokenSoFar soFar;

  @Autowired
  ModelActivitiesImpl(
      ChatModel model,
      ObjectProvider<StreamingChatModel> streaming,
      Tools tools,
      MeterRegistry meters,
      ModelProperties properties,
      ModelRecord record,
      ChatBudget budget,
      Traces traces) {
    this(
        listened(model, streaming, properties),
        tools,
        meters,
        properties,
        record,
        budget,
        traces,
        Clock.systemUTC());
  }

  ModelActivitiesImpl(
      ChatModel model,
      Tools tools,
      MeterRegistry meters,
      ModelProperties properties,
      ModelRecord record,
      ChatBudget budget,
      Clock clock) {
    this(model, tools, meters, properties, record, budget, Traces.none(), clock);
  }

  private ModelActivitiesImpl(
      ChatModel model,
      Tools tools,
      MeterRegistry meters,
      ModelProperties properties,
      ModelRecord record,
      ChatBudget budget,
      Traces traces,
      Clock clock) {
    this.tools = tools;
    soFar =
        new SpokenSoFar(
            tools.specifications().stream().map(ToolSpecification::name).toList(), thoughts);
    this.properties = properties;
    requests = new ModelRequests(model, tools, properties, clock);
    this.record = record;
    this.budget = budget;
    this.clock = clock;
    meter = new ModelMeter(meters, model, clock);
    trace = new ModelTrace(traces, model, properties);
    failures = new ModelFailures(properties, record, clock);
  }

  /** An application's own model that streams goes before its own that doesn't. */
  private static ChatModel listened(
      ChatModel model, ObjectProvider<StreamingChatModel> streaming, ModelProperties properties) {
    StreamingChatModel streamed = streaming.getIfUnique();
    return streamed == null || !Boolean.TRUE.equals(properties.stream())
        ? model
        : new ListenedModel(streamed, properties.longestStream());
  }

  @Override
  public ModelReply callModel(ModelCall call) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Supplier<Effort> effort = Effort.of(context);
    ComingAnswer coming = new ComingAnswer();
    TokenCount tokens = new TokenCount(coming::text);
    Spending spending = new Spending(budget, context.getInfo());
    try (Heartbeats _ = new Heartbeats(context, () -> draft(call, coming), coming)) {
      Leave leave = spending.begin(requests.expected(call));
      if (leave.kind() != Leave.Kind.GIVEN) {
        throw ended(call, failures.of(leave, effort.get()));
      }
      try {
        return answer(call, coming, effort, tokens);
      } finally {
        spending.end(tokens.total());
      }
    }
  }

  /** After which there is no other attempt, or there is. */
  private ApplicationFailure ended(ModelCall call, ApplicationFailure failure) {
    if (failure.isNonRetryable()) {
      turnEnds(call, failure.getType(), null);
    }
    return failure;
  }

  private ModelReply answer(
      ModelCall call, ComingAnswer coming, Supplier<Effort> effort, TokenCount tokens) {
    long begun = System.nanoTime();
    try (ModelTrace.Call traced = trace.begin()) {
      return answer(call, coming, effort, tokens, begun, traced);
    }
  }

  private ModelReply answer(
      ModelCall call,
      ComingAnswer coming,
      Supplier<Effort> effort,
      TokenCount tokens,
      long begun,
      ModelTrace.Call traced) {
    try {
      ModelReply reply =
          reply(call, requests.send(call, isToldAtOnce(call) ? null : coming, tokens));
      meter.answered(Duration.ofNanos(System.nanoTime() - begun));
      if (reply.calls().isEmpty()) {
        turnEnds(call, ModelMeter.NO_ERROR, reply.usage());
      }
      record.answered(clock.instant());
      traced.answered(reply.usage());
      return reply;
    } catch (RuntimeException e) {
      if (coming.isStopped()) {
        traced.failed(ModelMeter.STOPPED);
        meter.stopped(Duration.ofNanos(System.nanoTime() - begun));
        turnEnds(call, ModelMeter.STOPPED, null);
        return stopped(coming);
      }
      ApplicationFailure failure = failures.of(e, effort.get());
      meter.failed(Duration.ofNanos(System.nanoTime() - begun), failure.getType());
      record.failed(clock.instant(), failure.getType());
      traced.failed(failure.getType());
      throw ended(call, failure);
    }
  }

  private void turnEnds(ModelCall call, String error, @Nullable TokenUse last) {
    TurnSoFar turn = call.turn();
    if (turn != null) {
      TokenUse tokens = last == null ? turn.tokens() : turn.tokens().plus(last);
      meter.turnEnded(Duration.between(turn.begun(), clock.instant()), error, tokens);
    }
  }

  /**
   * Whether it is an outcome's: such words come to the user with what is certain, or not at all.
   */
  private static boolean isToldAtOnce(ModelCall call) {
    return call.asker() == null;
  }

  /** What may be shown by now; null: nothing. */
  private @Nullable ModelDraft draft(ModelCall call, ComingAnswer coming) {
    if (isToldAtOnce(call)) {
      return null;
    }
    String words = soFar.of(coming.text());
    TurnSoFar turn = call.turn();
    String shown =
        Stream.of(turn == null || turn.head() == null ? "" : turn.head(), words)
            .filter(text -> !text.isEmpty())
            .collect(joining("\n\n"));
    return shown.isEmpty() ? null : new ModelDraft(Stored.cut(shown, MAX_TEXT_BYTES));
  }

  /** What had come until the user wanted no more. */
  private ModelReply stopped(ComingAnswer coming) {
    String words = Stored.cut(soFar.of(coming.text()), MAX_TEXT_BYTES);
    return new ModelReply(
        words.isEmpty() ? null : words, List.of(), List.of(), null, terms(null, false, true));
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
    if (message.text() != null) {
      thoughts.learn(message.text(), response.finishReason());
    }
    String text = SpokenWords.of(message.text());
    boolean markup = text != null && ToolMarkup.isIn(text, tools::isMeant);
    if (markup && call.asker() != null && !message.hasToolExecutionRequests()) {
      throw new ToolMarkupException();
    }
    String words = markup ? null : shortened(text, response.finishReason());
    TurnTerms terms = terms(requests.extrasOf(answer), answer.plain(), false);
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

  private TurnTerms terms(@Nullable String extras, boolean plain, boolean stopped) {
    return new TurnTerms(
        Objects.requireNonNull(properties.mostRounds()),
        Objects.requireNonNull(properties.turnTime()).toSeconds(),
        extras,
        plain ? true : null,
        stopped ? true : null);
  }

  private static @Nullable TokenUse usage(@Nullable TokenUsage counted) {
    return counted == null
            || counted.inputTokenCount() == null
            || counted.outputTokenCount() == null
        ? null
        : new TokenUse(counted.inputTokenCount(), counted.outputTokenCount());
  }

  private static @Nullable String shortened(@Nullable String text, @Nullable FinishReason reason) {
    String kept = text == null ? null : Stored.cut(text, MAX_TEXT_BYTES);
    if (reason != FinishReason.LENGTH) {
      return kept;
    }
    return kept == null ? CUT_OFF : kept + "\n\n" + CUT_OFF;
  }
}
