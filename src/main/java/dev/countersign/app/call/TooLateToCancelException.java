package dev.countersign.app.call;

import dev.countersign.app.api.ProblemException;
import dev.countersign.guard.CallStatus;
import org.springframework.http.HttpStatus;

/** 409: what is being done, or has ended, can't be taken back. */
final class TooLateToCancelException extends ProblemException {
  TooLateToCancelException(CallStatus status) {
    super(
        HttpStatus.CONFLICT,
        status.isEnd()
            ? "This has ended as " + status + " and can't be cancelled."
            : "This is being done right now and can't be cancelled any more.");
  }
}
