package dev.countersign.app.purchase;

import dev.countersign.app.api.ProblemException;
import org.springframework.http.HttpStatus;

/** 409: a purchase that is being ordered, or has ended, can't be taken back. */
final class TooLateToCancelException extends ProblemException {
  TooLateToCancelException(PurchaseStatus status) {
    super(
        HttpStatus.CONFLICT,
        status.isEnd()
            ? "This purchase has ended as " + status + " and can't be cancelled."
            : "This purchase is being ordered and can't be cancelled any more.");
  }
}
