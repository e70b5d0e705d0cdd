package dev.countersign.app.call;

import dev.countersign.guard.CallStatus;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** 409: what is being done, or has ended, can't be taken back. */
final class TooLateToCancelException extends ErrorResponseException {
  TooLateToCancelException(CallStatus status) {
    super(
        HttpStatus.CONFLICT,
        ProblemDetail.forStatusAndDetail(
            HttpStatus.CONFLICT,
            status.isEnd()
                ? "This has ended as " + status + " and can't be cancelled."
                : "This is being done right now and can't be cancelled any more."),
        null);
  }
}
