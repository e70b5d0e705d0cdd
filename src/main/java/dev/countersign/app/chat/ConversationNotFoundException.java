package dev.countersign.app.chat;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The caller has no conversation of that id, or it has ended. */
public final class ConversationNotFoundException extends ErrorResponseException {
  public ConversationNotFoundException() {
    super(
        HttpStatus.NOT_FOUND,
        ProblemDetail.forStatusAndDetail(
            HttpStatus.NOT_FOUND, "You have no conversation of that id, or it has ended."),
        null);
  }
}
