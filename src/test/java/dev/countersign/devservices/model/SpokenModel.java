package dev.countersign.devservices.model;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** Says what another model answers word by word, on a thread of its own. */
public final class SpokenModel implements StreamingChatModel {
  private static final Pattern WORD_ENDS = Pattern.compile("(?<= )");

  private final ChatModel model;
  private final Pace pace;

  /** Waits before each word. */
  public interface Pace {
    /** Returns when the word may be said. */
    void await(String word) throws InterruptedException;
  }

  /** Of another model. */
  public SpokenModel(ChatModel model, Pace pace) {
    this.model = model;
    this.pace = pace;
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    Thread.ofVirtual().name("spoken-model").start(() -> speak(request, handler));
  }

  private void speak(ChatRequest request, StreamingChatResponseHandler handler) {
    try {
      ChatResponse response = model.chat(request);
      String text = response.aiMessage().text();
      Handle handle = new Handle();
      if (text != null) {
        for (String word : WORD_ENDS.split(text, -1)) {
          pace.await(word.strip());
          if (handle.isCancelled()) {
            return;
          }
          handler.onPartialResponse(new PartialResponse(word), new PartialResponseContext(handle));
        }
      }
      handler.onCompleteResponse(response);
    } catch (InterruptedException | RuntimeException e) {
      handler.onError(e);
    }
  }

  private static final class Handle implements StreamingHandle {
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @Override
    public void cancel() {
      cancelled.set(true);
    }

    @Override
    public boolean isCancelled() {
      return cancelled.get();
    }
  }
}
