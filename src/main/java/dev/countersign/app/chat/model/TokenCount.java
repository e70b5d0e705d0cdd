package dev.countersign.app.chat.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.app.chat.model.wire.ModelSilentException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one attempt to have an answer, of all its requests together: as the model's server
 * counts them, and by their bytes where it doesn't. What is answered with an error costs nothing.
 */
final class TokenCount {
  /** English has about four, other languages two to three in UTF-8: it is rather too many. */
  private static final int BYTES_A_TOKEN = 2;

  private final Supplier<String> heard;
  private long total;

  /**
   * Of an attempt that begins.
   *
   * @param heard what has come of the present answer
   */
  TokenCount(Supplier<String> heard) {
    this.heard = heard;
  }

  /** Those of something that a model reads or writes, by its text: a message, say. */
  static long of(Object text) {
    return (text.toString().getBytes(UTF_8).length + BYTES_A_TOKEN - 1L) / BYTES_A_TOKEN;
  }

  private static long of(ChatRequest request) {
    return of(request.messages())
        + (request.toolSpecifications() == null ? 0 : of(request.toolSpecifications()));
  }

  /** Makes a request, and counts it. */
  ChatResponse counted(ChatRequest request, Supplier<ChatResponse> answer) {
    try {
      ChatResponse response = answer.get();
      total += of(request, response);
      return response;
    } catch (ModelSilentException e) { // the server has it, and is paid for what it wrote
      total += of(request) + of(heard.get());
      throw e;
    }
  }

  private static long of(ChatRequest request, ChatResponse response) {
    TokenUsage usage = response.tokenUsage();
    long input = usage == null ? 0 : given(usage.inputTokenCount());
    long output = usage == null ? 0 : given(usage.outputTokenCount());
    long both =
        (input > 0 ? input : of(request)) + (output > 0 ? output : of(response.aiMessage()));
    // some count what the model has thought in the total alone
    return usage == null ? both : Math.max(both, given(usage.totalTokenCount()));
  }

  private static int given(@Nullable Integer count) {
    return count == null ? 0 : count;
  }

  /** All so far. */
  long total() {
    return total;
  }
}
