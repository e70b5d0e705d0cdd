package dev.countersign.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;

/** A workflow didn't answer in time, or Temporal couldn't be asked. */
public final class NoAnswerException extends RuntimeException {
  private final boolean busy;

  NoAnswerException(RuntimeException reason) {
    super(Objects.requireNonNullElse(reason.getCause(), reason).toString(), reason);
    busy =
        (reason instanceof StatusRuntimeException own ? own : reason.getCause())
                instanceof StatusRuntimeException status
            && status.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED;
  }

  /** Whether more was asked at once than is taken: of the workflow, or of the server. */
  public boolean isBusy() {
    return busy;
  }
}
