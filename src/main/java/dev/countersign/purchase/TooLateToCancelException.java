package dev.countersign.purchase;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** 409: a purchase that is being ordered, or has ended, can't be taken back. */
final class TooLateToCancelException extends ErrorResponseException {
  TooLateToCancelException(String detail) {
    super(HttpStatus.CONFLICT, ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, detail), null);
  }
}
