package dev.countersign.app.purchase;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** 409: a purchase that is being ordered, or has ended, can't be taken back. */
public final class TooLateToCancelException extends ErrorResponseException {
  TooLateToCancelException(PurchaseStatus status) {
    super(HttpStatus.CONFLICT, problem(status), null);
  }

  private static ProblemDetail problem(PurchaseStatus status) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.CONFLICT,
        status.isEnd()
            ? "This purchase has ended as " + status + " and can't be cancelled."
            : "This purchase is being ordered and can't be cancelled any more.");
  }
}
