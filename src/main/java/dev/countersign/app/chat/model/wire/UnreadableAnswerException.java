package dev.countersign.app.chat.model.wire;

import dev.langchain4j.exception.NonRetriableException;
import java.io.Serial;

/** What answers is no model's server: the same request will get no other answer. */
public final class UnreadableAnswerException extends NonRetriableException {
  @Serial private static final long serialVersionUID = 1;

  private final int status;

  UnreadableAnswerException(int status, String words) {
    super(words);
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
