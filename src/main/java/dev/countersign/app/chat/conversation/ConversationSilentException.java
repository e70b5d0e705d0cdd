package dev.countersign.app.chat.conversation;

import dev.countersign.app.api.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What was said is known to conversations alone, and they don't answer at the moment. */
public final class ConversationSilentException extends ProblemException {
  private static final String RETRY_AFTER_SECONDS = "5";

  /** One doesn't answer. */
  ConversationSilentException(Throwable cause) {
    this(
        "The conversation can't be shown at the moment. Nothing is lost: ask again in a few"
            + " seconds.",
        cause);
  }

  private ConversationSilentException(String detail, @Nullable Throwable cause) {
    super(HttpStatus.SERVICE_UNAVAILABLE, detail, cause);
    getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
  }

  /** None of those that were to be searched answers. */
  static ConversationSilentException ofSearch() {
    return new ConversationSilentException(
        "The conversations can't be searched at the moment. Nothing is lost: ask again in a few"
            + " seconds.",
        null);
  }
}
