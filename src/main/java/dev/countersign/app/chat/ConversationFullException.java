package dev.countersign.app.chat;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The conversation takes no more turns. */
final class ConversationFullException extends ErrorResponseException {
  ConversationFullException() {
    super(
        HttpStatus.CONFLICT,
        ProblemDetail.forStatusAndDetail(
            HttpStatus.CONFLICT,
            "This conversation is full (500 messages or 512 KB). Please start a new conversation;"
                + " what was asked for in this one goes on."),
        null);
  }
}
