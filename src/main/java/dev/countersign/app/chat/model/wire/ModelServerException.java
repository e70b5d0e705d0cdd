package dev.countersign.app.chat.model.wire;

import dev.langchain4j.exception.HttpException;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The model's server answered, and with an error; the message is the beginning of its words. */
public final class ModelServerException extends HttpException {
  @Serial private static final long serialVersionUID = 1;

  private final String body;
  private final @Nullable Duration retryAfter;

  ModelServerException(int status, String words, String body, @Nullable Duration retryAfter) {
    super(status, words);
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /** All that it answered; not to be shown, for it may hold a part of the key. */
  public String body() {
    return body;
  }

  /** How long it wants to be left alone; null: it doesn't say. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
