package dev.countersign.app.chat.model.wire;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An application's own streaming model, whose words are told to who listens to the call. */
public final class ListenedModel implements ChatModel {
  private final StreamingChatModel model;
  private final Duration longest;

  /**
   * Wraps one.
   *
   * @param longest time for all of an answer
   */
  public ListenedModel(StreamingChatModel model, Duration longest) {
    this.model = model;
    this.longest = longest;
  }

  /**
   * Waits for the whole answer.
   *
   * @throws ModelSilentException if it doesn't come in time, or no more of it is wanted
   */
  @Override
  public ChatResponse doChat(ChatRequest request) {
    Handler handler = new Handler(WireCall.current().listener());
    model.chat(request, handler);
    try {
      return handler.answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      handler.cancel();
      throw new ModelSilentException("The answer took too long");
    } catch (InterruptedException _) {
      handler.cancel();
      Thread.currentThread().interrupt();
      throw new ModelSilentException("Stopped waiting for the answer");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new LangChain4jException(e.getCause());
    }
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return model.defaultRequestParameters();
  }

  @Override
  public ModelProvider provider() {
    return model.provider();
  }

  private static final class Handler implements StreamingChatResponseHandler {
    private final CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    private final @Nullable WordsListener listener;

    Handler(@Nullable WordsListener listener) {
      this.listener = listener;
      if (listener != null) {
        listener.begins(this::cancel);
      }
    }

    void cancel() {
      answer.completeExceptionally(new ModelSilentException("No more of the answer is wanted"));
    }

    private void endIfUnwanted(StreamingHandle handle) {
      if (answer.isDone()) {
        handle.cancel();
      }
    }

    @Override
    public void onPartialResponse(PartialResponse words, PartialResponseContext context) {
      endIfUnwanted(context.streamingHandle());
      if (!answer.isDone() && listener != null && !words.text().isEmpty()) {
        listener.hears(words.text());
      }
    }

    @Override
    public void onPartialThinking(PartialThinking thought, PartialThinkingContext context) {
      endIfUnwanted(context.streamingHandle());
    }

    @Override
    public void onPartialToolCall(PartialToolCall call, PartialToolCallContext context) {
      endIfUnwanted(context.streamingHandle());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      answer.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      answer.completeExceptionally(error);
    }
  }
}
