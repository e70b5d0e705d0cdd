package dev.countersign.chat;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.countersign.purchase.PurchaseStart;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import io.temporal.spring.boot.ActivityImpl;
import jakarta.annotation.PreDestroy;
import jakarta.validation.Validator;
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
@ActivityImpl(taskQueues = PurchaseStart.TASK_QUEUE)
class ModelActivitiesImpl implements ModelActivities {
  private static final int MAX_FAILURE_WORDS = 500;

  /** Longer answers are cut: they are stored, and travel from run to run. */
  private static final int MAX_TEXT = 16_000;

  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("model-heartbeat").factory());
  private final ChatModel model;
  private final ShopOnlineTool shopOnline;
  private final Clock clock;

  @Autowired
  ModelActivitiesImpl(ChatModel model, Validator validator) {
    this(model, validator, Clock.systemUTC());
  }

  ModelActivitiesImpl(ChatModel model, Validator validator, Clock clock) {
    this.model = model;
    this.shopOnline = new ShopOnlineTool(validator);
    this.clock = clock;
  }

  @Override
  public ModelReply callModel(ModelCall call) {
    ScheduledFuture<?> heartbeats = heartbeats(Activity.getExecutionContext());
    try {
      AiMessage message = model.chat(request(call)).aiMessage();
      ToolCalls toolCalls = new ToolCalls(shopOnline, call.transcript());
      return new ModelReply(
          shortened(message.text()),
          message.toolExecutionRequests().stream().map(toolCalls::check).toList());
    } catch (UnresolvedModelServerException e) { // a name server may know the host again soon
      throw mayPass(e);
    } catch (NonRetriableException e) {
      throw isFinal(e);
    } catch (RuntimeException e) {
      throw mayPass(e);
    } finally {
      heartbeats.cancel(false);
    }
  }

  private ChatRequest request(ModelCall call) {
    return ChatRequest.builder()
        .messages(ModelMessages.of(call.transcript(), LocalDate.now(clock)))
        .toolSpecifications(call.withTools() ? List.of(ShopOnlineTool.SPECIFICATION) : List.of())
        .build();
  }

  private ScheduledFuture<?> heartbeats(ActivityExecutionContext context) {
    long every = ModelOptions.HEARTBEAT_EVERY.toMillis();
    return ticker.scheduleAtFixedRate(() -> context.heartbeat(null), every, every, MILLISECONDS);
  }

  private static @Nullable String shortened(@Nullable String text) {
    return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }

  private static ApplicationFailure mayPass(RuntimeException e) {
    return ApplicationFailure.newFailure(words(e), e.getClass().getSimpleName());
  }

  private static ApplicationFailure isFinal(NonRetriableException e) {
    return ApplicationFailure.newNonRetryableFailure(
        // the server's words may hold a part of the key
        e instanceof AuthenticationException ? "The model refused the API key" : words(e),
        e.getClass().getSimpleName());
  }

  private static String words(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(0, Math.min(message.length(), MAX_FAILURE_WORDS));
  }

  @PreDestroy
  void close() {
    ticker.shutdownNow();
  }
}
